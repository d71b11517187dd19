package com.amrutam.booking.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a doctor offers: one interval. Its state is not part of it, since a state that was read may be history by the
 * time it is used; {@link Slots} changes it by conditional statements only.
 *
 * @param start inclusive
 * @param end exclusive
 * @param modes the ways it may be booked, at least one
 * @param minimumNotice how long before its start it may still be held
 */
public record Slot(UUID id, UUID doctorId, Instant start, Instant end, Set<Mode> modes, Duration minimumNotice) {
    /** True when it is too late to hold this slot. */
    public boolean isTooSoon(Instant now) {
        return now.plus(minimumNotice).isAfter(start);
    }
}
