package com.amrutam.notification.message;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.contact.Contact;
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
    private final Channels channels;
    private final Contacts contacts;
    private final Doctors doctors;
    private final Templates templates;

    AppointmentsListener(
            QueueMessage queueMessage, Channels channels, Contacts contacts, Doctors doctors, Templates templates) {
        this.queueMessage = queueMessage;
        this.channels = channels;
        this.contacts = contacts;
        this.doctors = doctors;
        this.templates = templates;
    }

    @OnEvent
    void on(AppointmentBooked event, EventMetadata metadata) {
        contacts.of(event.getPatientId())
                .ifPresent(contact -> tell(
                        metadata,
                        contact,
                        Kind.APPOINTMENT_BOOKED,
                        doctor(event.getDoctorId(), contact.language()),
                        templates.day(event.getStart(), contact.language(), contact.zone()),
                        templates.mode(event.getMode().name(), contact.language())));
    }

    @OnEvent
    void on(AppointmentCancelled event, EventMetadata metadata) {
        contacts.of(event.getPatientId())
                .ifPresent(contact -> tell(
                        metadata,
                        contact,
                        Kind.APPOINTMENT_CANCELLED,
                        doctor(event.getDoctorId(), contact.language()),
                        templates.day(event.getStart(), contact.language(), contact.zone())));
    }

    /** By SMS, and by e-mail too where the person has an address and this service a mail server. */
    private void tell(EventMetadata metadata, Contact contact, Kind kind, Object... arguments) {
        var text = templates.text(kind, contact.language(), arguments);
        queue(metadata, contact, kind, ChannelName.SMS, contact.phone(), text);
        var email = contact.email();
        if (email != null && channels.has(ChannelName.EMAIL)) {
            queue(metadata, contact, kind, ChannelName.EMAIL, email, text);
        }
    }

    private void queue(
            EventMetadata metadata,
            Contact contact,
            Kind kind,
            ChannelName channel,
            String recipient,
            Templates.Text text) {
        queueMessage.queue(metadata.eventId(), contact.userId(), kind, channel, recipient, text, null, null);
    }

    private String doctor(UUID doctorId, Locale language) {
        return doctors.nameOf(doctorId).orElseGet(() -> templates.someDoctor(language));
    }
}
