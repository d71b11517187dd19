package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Mode;
import java.time.Instant;
import java.util.UUID;

/**
 * A patient's short exclusive hold on a slot.
 *
 * <p>{@code ACTIVE → CONFIRMED} by the right code in time, {@code ACTIVE → RELEASED} by the patient or by too many wrong
 * codes, {@code ACTIVE → EXPIRED} by time. Nothing leaves the other three.
 *
 * @param codeDigest what is kept of the code
 * @param attemptsRemaining how many codes may still be tried
 */
public record SlotLock(
        UUID id,
        UUID slotId,
        UUID doctorId,
        UUID patientId,
        Mode mode,
        Instant start,
        Instant end,
        Status status,
        Reason reason,
        byte[] codeDigest,
        int attemptsRemaining,
        Instant expiresAt) {

    public enum Status {
        ACTIVE,
        CONFIRMED,
        EXPIRED,
        RELEASED
    }

    /** How a lock ended that did not become an appointment. */
    enum Ending {
        EXPIRED,
        RELEASED,
        TOO_MANY_ATTEMPTS,
        /** Whatever ended it, the doctor no longer offers the slot. */
        DOCTOR_WITHDREW,
        USER_ERASED
    }

    /** Why the lock was given. */
    public enum Reason {
        PATIENT,
        WAITLIST
    }

    /** The state at a moment: a lock that nobody has swept yet is expired all the same. */
    public Status statusAt(Instant now) {
        return status == Status.ACTIVE && !now.isBefore(expiresAt) ? Status.EXPIRED : status;
    }

    /** One wrong code later. */
    SlotLock afterWrongCode() {
        return new SlotLock(
                id,
                slotId,
                doctorId,
                patientId,
                mode,
                start,
                end,
                attemptsRemaining == 1 ? Status.RELEASED : status,
                reason,
                codeDigest,
                attemptsRemaining - 1,
                expiresAt);
    }
}
