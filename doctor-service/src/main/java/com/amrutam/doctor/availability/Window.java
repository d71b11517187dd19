package com.amrutam.doctor.availability;

import java.time.Instant;

/** A stretch of time, from inclusive to exclusive, in which a slot has to start. */
public record Window(Instant from, Instant to) {
    /** Far from what Postgres cannot store, and from any slot. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** From an instant on, without end. */
    public static Window from(Instant from) {
        return new Window(from, LATEST);
    }

    /** True for an instant that a slot could have. */
    public static boolean isThinkable(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }
}
