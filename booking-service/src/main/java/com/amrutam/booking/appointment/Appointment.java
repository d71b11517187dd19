package com.amrutam.booking.appointment;

import com.amrutam.booking.slot.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A patient's appointment with a doctor.
 *
 * <p>{@code BOOKED → CANCELLED} by the patient in time, by the doctor or by an administrator; {@code BOOKED → FULFILLED}
 * or {@code NOSHOW} by the doctor. Every change raises the version.
 *
 * @param doctorName absent until the doctor's profile has arrived here
 * @param reason what the patient wrote about the visit
 */
record Appointment(
        UUID id,
        int version,
        Status status,
        UUID slotId,
        UUID slotLockId,
        UUID doctorId,
        @Nullable String doctorName,
        UUID patientId,
        Mode mode,
        Instant start,
        Instant end,
        @Nullable String reason,
        Instant bookedAt,
        int rescheduleCount,
        @Nullable Cancellation cancellation) {

    enum Status {
        BOOKED,
        FULFILLED,
        NOSHOW,
        CANCELLED
    }

    /** In which of their parts somebody acts on an appointment. */
    enum Party {
        PATIENT,
        DOCTOR,
        ADMIN
    }

    record Cancellation(Party by, String reason, Instant at) {}

    /** What came of calling it off. */
    sealed interface CancelOutcome {
        record Cancelled(Appointment appointment) implements CancelOutcome {}

        record NotBooked(Status status) implements CancelOutcome {}

        record TooLate(Instant latest) implements CancelOutcome {}
    }

    /** A patient gives notice, so that somebody else can have the slot; a doctor or administrator has reasons not to. */
    CancelOutcome cancel(Party by, String why, Instant now, Duration notice) {
        if (status != Status.BOOKED) {
            return new CancelOutcome.NotBooked(status);
        }
        var latest = start.minus(notice);
        if (by == Party.PATIENT && now.isAfter(latest)) {
            return new CancelOutcome.TooLate(latest);
        }
        return new CancelOutcome.Cancelled(new Appointment(
                id,
                version + 1,
                Status.CANCELLED,
                slotId,
                slotLockId,
                doctorId,
                doctorName,
                patientId,
                mode,
                start,
                end,
                reason,
                bookedAt,
                rescheduleCount,
                new Cancellation(by, why, now)));
    }
}
