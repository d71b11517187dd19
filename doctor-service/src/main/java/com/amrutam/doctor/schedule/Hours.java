package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import java.util.Set;

/**
 * Hours of one day, cut into slots.
 *
 * @param to when they end; a slot that would end later is not offered
 * @param bufferMinutes the least time between two slots
 */
record Hours(WallTime from, WallTime to, int slotMinutes, int bufferMinutes, Set<Mode> modes) {
    boolean overlaps(Hours other) {
        return to.isAfter(other.from) && other.to.isAfter(from);
    }
}
