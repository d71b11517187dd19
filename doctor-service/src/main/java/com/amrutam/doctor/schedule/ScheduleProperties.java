package com.amrutam.doctor.schedule;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slots are kept ahead of time.
 *
 * @param rollForwardEvery how often an instance looks for doctors whose day has changed
 * @param keepPastSlots how long slots are kept after their end
 */
@Validated
@ConfigurationProperties("amrutam.doctor.schedule")
record ScheduleProperties(
        @NotNull @DefaultValue("1m") Duration rollForwardEvery,
        @NotNull @DefaultValue("7d") Duration keepPastSlots) {}
