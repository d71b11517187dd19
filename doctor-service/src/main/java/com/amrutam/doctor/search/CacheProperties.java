package com.amrutam.doctor.search;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long answers to searches are kept at most. What changes them ends them at once; the times are for what nobody asks
 * again.
 *
 * @param inProcess in the memory of each instance
 * @param inRedis for all instances
 * @param memory of an instance that answers may take
 */
@Validated
@ConfigurationProperties("amrutam.doctor.search-cache")
record CacheProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s")
        Duration inProcess,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("300s")
        Duration inRedis,

        @NotNull @DefaultValue("32MB") DataSize memory) {}
