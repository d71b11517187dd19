package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Slot;
import java.time.Instant;
import java.util.Set;

/** What a schedule offers: from start to end, exclusive, in these modes. Two that are equal are the same offer. */
record Interval(Instant start, Instant end, Set<Mode> modes) {
    static Interval of(Slot slot) {
        return new Interval(slot.start(), slot.end(), slot.modes());
    }

    boolean overlaps(Interval other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }
}
