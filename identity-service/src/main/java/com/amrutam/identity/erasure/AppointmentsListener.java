package com.amrutam.identity.erasure;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.kit.inbox.OnEvent;
import org.springframework.stereotype.Component;

/** Hears from booking who has to see whom yet. */
@Component
class AppointmentsListener {
    private final AppointmentsAhead appointments;

    AppointmentsListener(AppointmentsAhead appointments) {
        this.appointments = appointments;
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
