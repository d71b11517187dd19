package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a doctor works.
 *
 * @param timeZone where the clock hangs that all hours are read from
 * @param horizonDays for how many days slots are offered, the doctor's today included
 * @param minimumNotice how long before its start a slot can be locked at the latest
 */
record Schedule(
        ZoneId timeZone, List<Weekly> weekly, List<SpecialDay> exceptions, int horizonDays, Duration minimumNotice) {
    /** Hours of every such day. */
    record Weekly(DayOfWeek day, Hours hours) {}

    /**
     * A date on which the weekly hours do not count.
     *
     * @param hours the hours of that date instead, or null when the doctor does not work
     */
    record SpecialDay(LocalDate date, @Nullable Hours hours) {}

    /** The same schedule of a doctor who no longer works. */
    Schedule withoutHours() {
        return new Schedule(timeZone, List.of(), List.of(), horizonDays, minimumNotice);
    }

    /** The hours that count on a date: those of its exceptions if it has any, else the weekly ones. */
    List<Hours> on(LocalDate date) {
        var onThatDate = exceptions.stream()
                .filter(exception -> exception.date().equals(date))
                .toList();
        if (!onThatDate.isEmpty()) {
            return onThatDate.stream()
                    .flatMap(exception -> Stream.ofNullable(exception.hours()))
                    .toList();
        }
        return weekly.stream()
                .filter(some -> some.day() == date.getDayOfWeek())
                .map(Weekly::hours)
                .toList();
    }

    /** All modes that appear somewhere in it. */
    Set<Mode> modes() {
        var all = EnumSet.noneOf(Mode.class);
        weekly.forEach(some -> all.addAll(some.hours().modes()));
        exceptions.forEach(exception -> {
            if (exception.hours() instanceof Hours hours) {
                all.addAll(hours.modes());
            }
        });
        return all;
    }

    /** When the doctor's next day begins, and with it another day of the horizon. */
    Instant nextMidnight(Instant now) {
        return LocalDate.ofInstant(now, timeZone)
                .plusDays(1)
                .atStartOfDay(timeZone)
                .toInstant();
    }
}
