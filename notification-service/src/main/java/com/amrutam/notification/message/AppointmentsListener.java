package com.amrutam.notification.message;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.contact.Contacts;
import com.amrutam.notification.doctor.Doctors;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells patients what became of their appointments. */
@Component
class AppointmentsListener {
    private final QueueMessage queueMessage;
    private final Contacts contacts;
    private final Doctors doctors;
    private final Templates templates;

    AppointmentsListener(QueueMessage queueMessage, Contacts contacts, Doctors doctors, Templates templates) {
        this.queueMessage = queueMessage;
        this.contacts = contacts;
        this.doctors = doctors;
        this.templates = templates;
    }

    @OnEvent
    void on(AppointmentBooked event, EventMetadata metadata) {
        var contact = contacts.of(event.getPatientId());
        var language = contact.language();
        var text = templates.text(
                Kind.APPOINTMENT_BOOKED,
                language,
                doctor(event.getDoctorId(), language),
                templates.day(event.getStart(), language, contact.zone()),
                templates.mode(event.getMode().name(), language));
        queueMessage.queue(
                metadata.eventId(), contact.userId(), Kind.APPOINTMENT_BOOKED, contact.phone(), text, null, null);
    }

    @OnEvent
    void on(AppointmentCancelled event, EventMetadata metadata) {
        var contact = contacts.of(event.getPatientId());
        var language = contact.language();
        var text = templates.text(
                Kind.APPOINTMENT_CANCELLED,
                language,
                doctor(event.getDoctorId(), language),
                templates.day(event.getStart(), language, contact.zone()));
        queueMessage.queue(
                metadata.eventId(), contact.userId(), Kind.APPOINTMENT_CANCELLED, contact.phone(), text, null, null);
    }

    private String doctor(UUID doctorId, Locale language) {
        return doctors.nameOf(doctorId).orElseGet(() -> templates.someDoctor(language));
    }
}
