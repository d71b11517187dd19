package com.amrutam.doctor.stream;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slots are streamed.
 *
 * @param heartbeat how often a stream says something when nothing happens; more often than the gateway's response timeout
 * @param memory how long a watcher may be away and still go on where they were
 */
@Validated
@ConfigurationProperties("amrutam.doctor.stream")
record StreamProperties(
        @NotNull @DurationMin(millis = 100) @DefaultValue("5s")
        Duration heartbeat,

        @NotNull @DurationMin(minutes = 1) @DefaultValue("1h")
        Duration memory) {}
