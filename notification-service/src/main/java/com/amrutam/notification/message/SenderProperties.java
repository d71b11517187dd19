package com.amrutam.notification.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are sent.
 *
 * @param codesAtOnce how many codes this instance has with providers at a time; nothing else ever takes their place
 * @param newsAtOnce how many messages of all other kinds; a provider that answers in 50 ms is sent twenty times as many a second
 * @param abandonedAfter how long after it was begun an attempt nobody has recorded counts as abandoned by a sender that
 *     died. Longer than all providers of a channel together take to answer
 */
@Validated
@ConfigurationProperties("amrutam.notification.sender")
record SenderProperties(
        @Min(1) @Max(1000) @DefaultValue("32") int codesAtOnce,
        @Min(1) @Max(1000) @DefaultValue("128") int newsAtOnce,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("30s")
        Duration abandonedAfter) {}
