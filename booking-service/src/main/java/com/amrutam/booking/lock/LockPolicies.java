package com.amrutam.booking.lock;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how often slots may be held.
 *
 * @param length how long a lock holds its slot, 30 seconds to an hour
 * @param perPatient how many locks a patient may hold at once
 * @param appointmentsPerPatient how many appointments a patient may have ahead
 * @param codeAttempts how many wrong codes end a lock
 * @param sweepInterval how often expired locks are looked for; they can be taken over before that
 */
@Validated
@ConfigurationProperties("amrutam.booking.lock")
record LockPolicies(
        @DurationMin(seconds = 30) @DurationMax(hours = 1) @DefaultValue("5m")
        Duration length,

        @Min(1) @DefaultValue("2") int perPatient,
        @Min(1) @DefaultValue("10") int appointmentsPerPatient,
        @Min(1) @Max(10) @DefaultValue("5") int codeAttempts,
        @NotNull @DurationMin(millis = 100) Duration sweepInterval) {}
