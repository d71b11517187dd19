package com.amrutam.notification.message;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When nothing is sent that can wait, by the clock where a person lives.
 *
 * @param from when it gets quiet
 * @param to when it ends, the next day; the same as {@code from} for no quiet hours
 */
@Validated
@ConfigurationProperties("amrutam.notification.quiet-hours")
record QuietHours(
        @NotNull @DefaultValue("21:00") LocalTime from,
        @NotNull @DefaultValue("08:00") LocalTime to) {

    /** The first moment from now on that is not in the quiet hours. */
    Instant after(Instant now, ZoneId zone) {
        var local = now.atZone(zone);
        var time = local.toLocalTime();
        boolean overMidnight = from.isAfter(to);
        boolean quiet =
                overMidnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return now;
        }
        var day = time.isBefore(to) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
        return day.atTime(to).atZone(zone).toInstant();
    }
}
