package com.amrutam.identity.erasure;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.kit.inbox.HandledTogether;
import com.amrutam.kit.inbox.OnEvent;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.stereotype.Component;

/** Hears from booking who has to see whom yet. */
@Component
class AppointmentsListener implements HandledTogether {
    private final AppointmentsAhead appointments;

    AppointmentsListener(AppointmentsAhead appointments) {
        this.appointments = appointments;
    }

    @Override
    public List<SpecificRecord> handleAtOnce(List<SpecificRecord> events) {
        appointments.takeTurns(
                events.stream().map(AppointmentsListener::appointmentId).toList());
        return events;
    }

    private static UUID appointmentId(SpecificRecord event) {
        return switch (event) {
            case AppointmentBooked booked -> booked.getAppointmentId();
            case AppointmentRescheduled rescheduled -> rescheduled.getAppointmentId();
            case AppointmentCancelled cancelled -> cancelled.getAppointmentId();
            case AppointmentCompleted completed -> completed.getAppointmentId();
            default -> throw new IllegalArgumentException("No appointment's event: " + event.getSchema());
        };
    }

    @OnEvent
    void on(AppointmentBooked event) {
        appointments.note(
                event.getAppointmentId(),
                event.getAppointmentVersion(),
                event.getPatientId(),
                event.getDoctorId(),
                event.getStart(),
                true);
    }

    @OnEvent
    void on(AppointmentRescheduled event) {
        appointments.note(
                event.getAppointmentId(),
                event.getAppointmentVersion(),
                event.getPatientId(),
                event.getDoctorId(),
                event.getStart(),
                true);
    }

    @OnEvent
    void on(AppointmentCancelled event) {
        appointments.note(
                event.getAppointmentId(),
                event.getAppointmentVersion(),
                event.getPatientId(),
                event.getDoctorId(),
                event.getStart(),
                false);
    }

    @OnEvent
    void on(AppointmentCompleted event) {
        appointments.note(
                event.getAppointmentId(),
                event.getAppointmentVersion(),
                event.getPatientId(),
                event.getDoctorId(),
                event.getStart(),
                false);
    }
}
