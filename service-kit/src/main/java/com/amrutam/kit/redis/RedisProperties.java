package com.amrutam.kit.redis;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is, and how long it is waited for.
 *
 * @param url such as {@code redis://redis:6379}; {@code rediss:} for TLS, user and password in their usual place
 * @param timeout how long it may take, to connect or to answer, before an instance goes on without it
 * @param coolDown how long an instance then goes on without it before it tries again
 * @param connections most connections to it
 */
@Validated
@ConfigurationProperties("amrutam.redis")
public record RedisProperties(
        @NotNull URI url,

        @NotNull @DurationMin(millis = 1) @DefaultValue("100ms")
        Duration timeout,

        @NotNull @DurationMin(millis = 1) @DefaultValue("5s")
        Duration coolDown,

        @Min(1) @DefaultValue("32") int connections) {}
