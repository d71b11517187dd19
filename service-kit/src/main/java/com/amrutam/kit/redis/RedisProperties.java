package com.amrutam.kit.redis;

import com.amrutam.kit.setting.StrongPassword;
import com.amrutam.kit.setting.Url;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is, and how long it is waited for.
 *
 * @param url such as {@code redis://redis:6379}; {@code rediss:} for TLS, user and password, of at least 16
 *     characters, in their usual place
 * @param sentinels as {@code host:port} the sentinels that know where the master is; its host and port in {@code url}
 *     count only where there are none
 * @param masterName what the sentinels call the master
 * @param timeout how long it may take, to connect or to answer, before an instance goes on without it
 * @param coolDown how long an instance then goes on without it before it tries again
 * @param connections most connections to it
 */
@Validated
@ConfigurationProperties("amrutam.redis")
public record RedisProperties(
        @NotNull @Url({"redis", "rediss"}) @StrongPassword URI url,

        @DefaultValue List<@Pattern(regexp = "[^:\\s]+:\\d{1,5}", message = "must be host:port") String> sentinels,

        @NotBlank @DefaultValue("amrutam") String masterName,

        @NotNull @DurationMin(millis = 1) @DefaultValue("100ms")
        Duration timeout,

        @NotNull @DurationMin(millis = 1) @DefaultValue("5s")
        Duration coolDown,

        @Min(1) @DefaultValue("32") int connections) {}
