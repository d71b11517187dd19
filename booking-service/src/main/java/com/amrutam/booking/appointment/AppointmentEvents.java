package com.amrutam.booking.appointment;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.kit.outbox.Outbox;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells the world about appointments. */
@Component
class AppointmentEvents {
    private final Outbox outbox;

    AppointmentEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void booked(Appointment appointment, int slotVersion) {
        outbox.publish(AppointmentBooked.newBuilder()
                .setAppointmentId(appointment.id())
                .setAppointmentVersion(appointment.version())
                .setSlotId(appointment.slotId())
                .setSlotVersion(slotVersion)
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setMode(Mode.valueOf(appointment.mode().name()))
                .setStart(appointment.start())
                .setEnd(appointment.end())
                .setBookedAt(appointment.bookedAt())
                .build());
    }

    void cancelled(Appointment appointment, int slotVersion) {
        var cancellation = Objects.requireNonNull(appointment.cancellation());
        outbox.publish(AppointmentCancelled.newBuilder()
                .setAppointmentId(appointment.id())
                .setAppointmentVersion(appointment.version())
                .setSlotId(appointment.slotId())
                .setSlotVersion(slotVersion)
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setMode(Mode.valueOf(appointment.mode().name()))
                .setStart(appointment.start())
                .setEnd(appointment.end())
                .setCancelledBy(CancelledBy.valueOf(cancellation.by().name()))
                .setCancelledAt(cancellation.at())
                .build());
    }
}
