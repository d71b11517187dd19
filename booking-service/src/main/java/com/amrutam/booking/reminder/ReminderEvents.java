package com.amrutam.booking.reminder;

import com.amrutam.booking.reminder.Reminders.Due;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.kit.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Tells the world about reminders. */
@Component
class ReminderEvents {
    private final Outbox outbox;

    ReminderEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void due(Due due) {
        outbox.publish(ReminderDue.newBuilder()
                .setAppointmentId(due.appointmentId())
                .setAppointmentVersion(due.appointmentVersion())
                .setDoctorId(due.doctorId())
                .setPatientId(due.patientId())
                .setMode(Mode.valueOf(due.mode().name()))
                .setStart(due.start())
                .setOffsetMinutes(due.offsetMinutes())
                .setDueAt(due.dueAt())
                .build());
    }
}
