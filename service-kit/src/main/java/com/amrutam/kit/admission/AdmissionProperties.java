package com.amrutam.kit.admission;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much an instance takes upon itself.
 *
 * @param requests most requests under way at once; one more is answered 503 with Retry-After
 * @param uncounted paths, as patterns, whose requests are always taken and do not count: probes, which ask whether an
 *     instance lives and not whether it is busy, and streams, which last
 */
@Validated
@ConfigurationProperties("amrutam.admission")
record AdmissionProperties(
        @Min(1) @DefaultValue("300") int requests,
        @NotEmpty @DefaultValue("/actuator/**") List<@NotBlank String> uncounted) {}
