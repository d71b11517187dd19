package com.amrutam.booking.waitlist;

import com.amrutam.booking.slot.Mode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A patient's place in a doctor's line.
 *
 * @param mode the mode wanted; absent when any will do
 * @param from earliest start of a slot that suits
 * @param to latest end of a slot that suits
 * @param slotLockId the lock the patient was offered
 */
record WaitlistEntry(
        UUID id,
        UUID patientId,
        UUID doctorId,
        @Nullable Mode mode,
        Instant from,
        Instant to,
        Status status,
        @Nullable UUID slotLockId) {

    /** From OFFERED on, what became of the offer's lock. */
    enum Status {
        WAITING,
        OFFERED,
        CONFIRMED,
        EXPIRED,
        LEFT
    }
}
