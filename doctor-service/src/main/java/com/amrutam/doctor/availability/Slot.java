package com.amrutam.doctor.availability;

import com.amrutam.doctor.Mode;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * One bookable interval of one doctor, as far as this service knows.
 *
 * @param bookableUntil the start less the doctor's minimum notice when the slot was published
 * @param version the highest version seen of it
 * @param unwanted true when the schedule stopped offering it while somebody had it
 */
public record Slot(
        UUID id,
        UUID doctorId,
        Instant start,
        Instant end,
        Instant bookableUntil,
        Set<Mode> modes,
        int version,
        State state,
        boolean unwanted) {
    /** What can be with a slot. */
    public enum State {
        FREE,
        LOCKED,
        BOOKED,
        WITHDRAWN
    }

    /** A slot that was never there before. */
    public static Slot offered(
            UUID id, UUID doctorId, Instant start, Instant end, Instant bookableUntil, Set<Mode> modes) {
        return new Slot(id, doctorId, start, end, bookableUntil, modes, 1, State.FREE, false);
    }

    /** The same interval at a later version. */
    Slot become(int laterVersion, State newState, boolean isUnwanted) {
        return new Slot(id, doctorId, start, end, bookableUntil, modes, laterVersion, newState, isUnwanted);
    }

    /** True when somebody holds or has booked it: the doctor cannot take it back now. */
    public boolean isTaken() {
        return state == State.LOCKED || state == State.BOOKED;
    }
}
