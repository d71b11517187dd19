package com.amrutam.booking.waitlist;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slots are offered to those who wait.
 *
 * @param offerLength how long an offered slot is held, a minute to a day
 * @param perPatient how many places in line a patient may have
 * @param longestRange how far apart the two ends of the wanted time may be
 * @param sweepInterval how often free slots that somebody waits for are looked for: new ones, and those that could not be
 *     offered the moment they were freed
 */
@Validated
@ConfigurationProperties("amrutam.booking.waitlist")
record WaitlistPolicies(
        @DurationMin(minutes = 1) @DurationMax(days = 1) @DefaultValue("15m")
        Duration offerLength,

        @Min(1) @DefaultValue("5") int perPatient,
        @DurationMin(hours = 1) @DefaultValue("90d") Duration longestRange,

        @NotNull @DurationMin(millis = 100) @DefaultValue("2s")
        Duration sweepInterval) {}
