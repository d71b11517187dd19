package com.amrutam.kit.outbox;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this instance relays its service's outbox.
 *
 * @param enabled whether this instance takes part; the others relay for it
 * @param username login role with REPLICATION, used for nothing else; {@code <service>_relay} when not said
 * @param password its password, of 16 characters at least, from the environment only
 * @param pollInterval how often Debezium looks for new log while there is none: the larger part of an event's delay, and
 *     of what an idle relay costs (docs/benchmarks.md)
 * @param muteAfter how far the engine may be behind the log, Kafka being there, before it is started again
 * @param standbyInterval how often an instance that stands by looks whether the relay's place is free
 */
@Validated
@ConfigurationProperties("amrutam.outbox.relay")
public record RelayProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank String username,

        @NotBlank @Size(min = 16, message = "must have at least 16 characters")
        String password,

        @NotNull @DefaultValue("20ms") Duration pollInterval,
        @NotNull @DefaultValue("60s") Duration muteAfter,
        @NotNull @DefaultValue("500ms") Duration standbyInterval) {}
