package com.amrutam.booking.reminder;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When patients are reminded.
 *
 * @param offsets how long before the start, in whole minutes
 * @param sweepInterval how often due reminders are looked for: the most by which one is late
 */
@Validated
@ConfigurationProperties("amrutam.booking.reminder")
record ReminderPolicies(
        @NotEmpty @DefaultValue({"24h", "1h"}) Set<@DurationMin(minutes = 1) Duration> offsets,

        @NotNull @DurationMin(millis = 100) @DefaultValue("10s")
        Duration sweepInterval) {}
