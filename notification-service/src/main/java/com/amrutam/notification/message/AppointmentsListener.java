package com.amrutam.notification.message;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.appointment.Appointments;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.contact.Contact;
import com.amrutam.notification.contact.Contacts;
import com.amrutam.notification.doctor.Doctors;
import com.amrutam.notification.message.Message.About;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells patients what became of their appointments. */
@Component
class AppointmentsListener {
    /** How long before a visit a reminder has to be there, quiet hours or not. */
    private static final Duration LAST_CALL = Duration.ofHours(3);

    private final QueueMessage queueMessage;
    private final Channels channels;
    private final Contacts contacts;
    private final Appointments appointments;
    private final Doctors doctors;
    private final Templates templates;
    private final QuietHours quietHours;
    private final Clock clock;

    AppointmentsListener(
            QueueMessage queueMessage,
            Channels channels,
            Contacts contacts,
            Appointments appointments,
            Doctors doctors,
            Templates templates,
            QuietHours quietHours,
            Clock clock) {
        this.queueMessage = queueMessage;
        this.channels = channels;
        this.contacts = contacts;
        this.appointments = appointments;
        this.doctors = doctors;
        this.templates = templates;
        this.quietHours = quietHours;
        this.clock = clock;
    }

    @OnEvent
    void on(AppointmentBooked event, EventMetadata metadata) {
        var about = new About(event.getAppointmentId(), event.getAppointmentVersion());
        if (appointments.keep(about.appointmentId(), about.version(), true)) {
            contacts.of(event.getPatientId())
                    .ifPresent(contact -> tell(
                            new News(metadata, contact, about, event.getEnd(), null),
                            Kind.APPOINTMENT_BOOKED,
                            doctor(event.getDoctorId(), contact.language()),
                            templates.day(event.getStart(), contact.language(), contact.zone()),
                            templates.mode(event.getMode().name(), contact.language())));
        }
    }

    @OnEvent
    void on(AppointmentRescheduled event, EventMetadata metadata) {
        var about = new About(event.getAppointmentId(), event.getAppointmentVersion());
        if (appointments.keep(about.appointmentId(), about.version(), true)) {
            contacts.of(event.getPatientId())
                    .ifPresent(contact -> tell(
                            new News(metadata, contact, about, event.getEnd(), null),
                            Kind.APPOINTMENT_RESCHEDULED,
                            doctor(event.getDoctorId(), contact.language()),
                            templates.day(event.getPreviousStart(), contact.language(), contact.zone()),
                            templates.day(event.getStart(), contact.language(), contact.zone())));
        }
    }

    @OnEvent
    void on(AppointmentCancelled event, EventMetadata metadata) {
        appointments.keep(event.getAppointmentId(), event.getAppointmentVersion(), false);
        contacts.of(event.getPatientId())
                .ifPresent(contact -> tell(
                        new News(metadata, contact, null, null, null),
                        Kind.APPOINTMENT_CANCELLED,
                        doctor(event.getDoctorId(), contact.language()),
                        templates.day(event.getStart(), contact.language(), contact.zone()),
                        event.getAlternatives().size(),
                        event.getAlternatives().stream()
                                .map(slot -> templates.day(slot.getStart(), contact.language(), contact.zone()))
                                .collect(Collectors.joining("; "))));
    }

    /** Nobody needs to hear of it, but what was still to be said of the appointment no longer is. */
    @OnEvent
    void on(AppointmentCompleted event) {
        appointments.keep(event.getAppointmentId(), event.getAppointmentVersion(), false);
    }

    @OnEvent
    void on(ReminderDue event, EventMetadata metadata) {
        contacts.of(event.getPatientId())
                .ifPresent(contact -> tell(
                        new News(
                                metadata,
                                contact,
                                new About(event.getAppointmentId(), event.getAppointmentVersion()),
                                event.getStart(),
                                notBefore(event, contact)),
                        Kind.APPOINTMENT_REMINDER,
                        doctor(event.getDoctorId(), contact.language()),
                        templates.day(event.getStart(), contact.language(), contact.zone()),
                        templates.mode(event.getMode().name(), contact.language())));
    }

    /**
     * Something a patient should hear.
     *
     * @param about the appointment and version it holds for; absent when it holds for good
     * @param until after that it is not worth hearing; absent when it always is
     * @param notBefore before that it disturbs; absent when it cannot wait
     */
    private record News(
            EventMetadata metadata,
            Contact contact,
            @Nullable About about,
            @Nullable Instant until,
            @Nullable Instant notBefore) {}

    /**
     * By SMS, and by e-mail too where the person has an address and this service a mail server, except for what the person
     * switched off.
     */
    private void tell(News news, Kind kind, Object... arguments) {
        var contact = news.contact();
        var text = templates.text(kind, contact.language(), arguments);
        if (!contact.mutedChannels().contains(ChannelName.SMS.name())) {
            queue(news, kind, ChannelName.SMS, contact.phone(), text);
        }
        var email = contact.email();
        if (email != null
                && channels.has(ChannelName.EMAIL)
                && !contact.mutedChannels().contains(ChannelName.EMAIL.name())) {
            queue(news, kind, ChannelName.EMAIL, email, text);
        }
    }

    private void queue(News news, Kind kind, ChannelName channel, String recipient, Templates.Text text) {
        queueMessage.queue(
                news.metadata().eventId(),
                news.contact().userId(),
                kind,
                channel,
                recipient,
                text,
                null,
                news.about(),
                news.until(),
                news.notBefore());
    }

    /** A reminder of tomorrow lets people sleep; one of today cannot wait. */
    private @Nullable Instant notBefore(ReminderDue event, Contact contact) {
        var morning = quietHours.after(clock.instant(), contact.zone());
        return event.getStart().minus(LAST_CALL).isAfter(morning) ? morning : null;
    }

    private String doctor(UUID doctorId, Locale language) {
        return doctors.nameOf(doctorId).orElseGet(() -> templates.someDoctor(language));
    }
}
