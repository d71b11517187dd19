package com.amrutam.booking.appointment;

import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A patient's appointment with a doctor.
 *
 * <p>{@code BOOKED → CANCELLED} by the patient in time, by the doctor or by an administrator; {@code BOOKED → FULFILLED}
 * or {@code NOSHOW} by the doctor from its start on. While BOOKED it may move to another slot of its doctor and stays
 * the same appointment. Every change raises the version.
 *
 * @param scheduledAt since when it has its start
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
        Instant scheduledAt,
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

    /** Why a change was refused. */
    sealed interface Refusal {
        record NotBooked(Status status) implements Refusal {}

        /** @param latest until when it was possible */
        record TooLate(Instant latest) implements Refusal {}

        /** @param earliest from when on it is possible */
        record TooEarly(Instant earliest) implements Refusal {}

        record TooManyReschedules(int most) implements Refusal {}

        record OtherDoctor() implements Refusal {}

        record SameSlot() implements Refusal {}

        record ModeNotOffered(Mode mode) implements Refusal {}

        /** The new slot starts before the notice its doctor asks for. */
        record TooSoon() implements Refusal {}
    }

    /** What came of a change. */
    sealed interface Change {
        record Made(Appointment appointment) implements Change {}

        record Refused(Refusal why) implements Change {}
    }

    /** A patient gives notice, so that somebody else can have the slot; a doctor or administrator has reasons not to. */
    Change cancel(Party by, String why, Instant now, Duration notice) {
        if (status != Status.BOOKED) {
            return refused(new Refusal.NotBooked(status));
        }
        var latest = start.minus(notice);
        if (by == Party.PATIENT && now.isAfter(latest)) {
            return refused(new Refusal.TooLate(latest));
        }
        return new Change.Made(new Appointment(
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
                scheduledAt,
                rescheduleCount,
                new Cancellation(by, why, now)));
    }

    /** To another slot of the same doctor; a patient as often and as early as agreed, an administrator at any time. */
    Change moveTo(Slot slot, Party by, Instant now, Duration notice, int most) {
        if (status != Status.BOOKED) {
            return refused(new Refusal.NotBooked(status));
        }
        if (slot.id().equals(slotId)) {
            return refused(new Refusal.SameSlot());
        }
        if (!slot.doctorId().equals(doctorId)) {
            return refused(new Refusal.OtherDoctor());
        }
        if (!slot.modes().contains(mode)) {
            return refused(new Refusal.ModeNotOffered(mode));
        }
        if (by == Party.PATIENT) {
            var latest = start.minus(notice);
            if (now.isAfter(latest)) {
                return refused(new Refusal.TooLate(latest));
            }
            if (rescheduleCount >= most) {
                return refused(new Refusal.TooManyReschedules(most));
            }
        }
        if (slot.isTooSoon(now)) {
            return refused(new Refusal.TooSoon());
        }
        return new Change.Made(new Appointment(
                id,
                version + 1,
                status,
                slot.id(),
                slotLockId,
                doctorId,
                doctorName,
                patientId,
                mode,
                slot.start(),
                slot.end(),
                reason,
                bookedAt,
                now,
                rescheduleCount + 1,
                cancellation));
    }

    /** How it ended, as its doctor says; nobody can know before it starts. */
    Change complete(Status outcome, Instant now) {
        if (status != Status.BOOKED) {
            return refused(new Refusal.NotBooked(status));
        }
        if (now.isBefore(start)) {
            return refused(new Refusal.TooEarly(start));
        }
        return new Change.Made(new Appointment(
                id,
                version + 1,
                outcome,
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
                scheduledAt,
                rescheduleCount,
                cancellation));
    }

    private static Change refused(Refusal why) {
        return new Change.Refused(why);
    }
}
