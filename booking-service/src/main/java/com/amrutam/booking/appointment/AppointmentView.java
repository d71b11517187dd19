package com.amrutam.booking.appointment;

import com.amrutam.booking.slot.Mode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booked visit and what became of it.
 *
 * @param id stays the same when the appointment is moved
 * @param version rises by one with every change; the {@code ETag}
 * @param status BOOKED, then FULFILLED, NOSHOW or CANCELLED
 * @param slotId the slot it is in
 * @param doctorId whom the patient sees
 * @param doctorName as it is now; absent until the doctor's profile is known
 * @param patientId who sees the doctor
 * @param mode how they meet
 * @param start when it starts
 * @param end when it ends
 * @param reason what the visit is about, in the patient's words
 * @param bookedAt when it was confirmed
 * @param rescheduleCount how often it was moved
 * @param cancellation who called it off, why and when; present when CANCELLED
 */
@Schema(name = "Appointment")
record AppointmentView(
        UUID id,
        int version,
        Appointment.Status status,
        UUID slotId,
        UUID doctorId,
        @Nullable String doctorName,
        UUID patientId,
        Mode mode,
        Instant start,
        Instant end,
        @Nullable String reason,
        Instant bookedAt,
        int rescheduleCount,
        Appointment.@Nullable Cancellation cancellation) {
    static AppointmentView of(Appointment appointment) {
        return new AppointmentView(
                appointment.id(),
                appointment.version(),
                appointment.status(),
                appointment.slotId(),
                appointment.doctorId(),
                appointment.doctorName(),
                appointment.patientId(),
                appointment.mode(),
                appointment.start(),
                appointment.end(),
                appointment.reason(),
                appointment.bookedAt(),
                appointment.rescheduleCount(),
                appointment.cancellation());
    }
}
