package com.amrutam.doctor.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A time on the clock on the wall, to the minute.
 *
 * @param minuteOfDay 0 to 1440; 1440 is 24:00, the end of the day, which {@link java.time.LocalTime} cannot say
 */
record WallTime(int minuteOfDay) {
    private static final int MINUTES_PER_HOUR = 60;

    /** Reads {@code HH:mm}. */
    static WallTime parse(String text) {
        return new WallTime(
                Integer.parseInt(text.substring(0, 2)) * MINUTES_PER_HOUR + Integer.parseInt(text.substring(3)));
    }

    /** What the clock on the wall says on that date, whether or not it ever does so there. */
    static LocalDateTime on(LocalDate date, int minuteOfDay) {
        return date.atStartOfDay().plusMinutes(minuteOfDay);
    }

    boolean isAfter(WallTime other) {
        return minuteOfDay > other.minuteOfDay;
    }

    @Override
    public String toString() {
        return "%02d:%02d".formatted(minuteOfDay / MINUTES_PER_HOUR, minuteOfDay % MINUTES_PER_HOUR);
    }
}
