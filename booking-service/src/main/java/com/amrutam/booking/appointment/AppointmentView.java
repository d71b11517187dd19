package com.amrutam.booking.appointment;

import com.amrutam.booking.slot.Mode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An appointment as clients see it. */
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
