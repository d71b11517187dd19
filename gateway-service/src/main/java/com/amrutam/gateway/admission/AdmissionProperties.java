package com.amrutam.gateway.admission;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much an instance takes upon itself.
 *
 * @param requests most requests under way at once; one more is answered 503 with Retry-After. Live streams do not count:
 *     each is a connection to a service, of which there are {@code amrutam.gateway.upstream.connections}
 */
@Validated
@ConfigurationProperties("amrutam.gateway.admission")
record AdmissionProperties(@Min(1) @DefaultValue("1000") int requests) {}
