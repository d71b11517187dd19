package com.amrutam.notification.message;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.HandledTogether;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.notification.appointment.Appointments;
import com.amrutam.notification.calendar.Invitation;
import com.amrutam.notification.calendar.Invitation.Visit;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.contact.Contact;
import com.amrutam.notification.contact.Contacts;
import com.amrutam.notification.doctor.Doctors;
import com.amrutam.notification.message.Message.About;
import com.amrutam.notification.message.QueueMessage.Content;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells patients what became of their appointments. */
@Component
class AppointmentsListener implements HandledTogether {
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
            contacts.of(event.getPatientId()).ifPresent(contact -> {
                var doctor = doctor(event.getDoctorId(), contact.language());
                var text = templates.text(
                        Kind.APPOINTMENT_BOOKED,
                        contact.language(),
                        doctor,
                        templates.day(event.getStart(), contact.language(), contact.zone()),
                        templates.mode(event.getMode().name(), contact.language()));
                var visit = new Visit(
                        about.appointmentId(),
                        about.version(),
                        event.getStart(),
                        event.getEnd(),
                        event.getBookedAt(),
                        templates.inCalendar(doctor, contact.language()));
                tell(
                        contact,
                        new Content(
                                metadata,
                                contact.userId(),
                                Kind.APPOINTMENT_BOOKED,
                                text,
                                null,
                                about,
                                event.getEnd(),
                                null),
                        address -> Invitation.to(visit, address));
            });
        }
    }

    @OnEvent
    void on(AppointmentRescheduled event, EventMetadata metadata) {
        var about = new About(event.getAppointmentId(), event.getAppointmentVersion());
        if (appointments.keep(about.appointmentId(), about.version(), true)) {
            contacts.of(event.getPatientId()).ifPresent(contact -> {
                var doctor = doctor(event.getDoctorId(), contact.language());
                var text = templates.text(
                        Kind.APPOINTMENT_RESCHEDULED,
                        contact.language(),
                        doctor,
                        templates.day(event.getPreviousStart(), contact.language(), contact.zone()),
                        templates.day(event.getStart(), contact.language(), contact.zone()));
                var visit = new Visit(
                        about.appointmentId(),
                        about.version(),
                        event.getStart(),
                        event.getEnd(),
                        event.getRescheduledAt(),
                        templates.inCalendar(doctor, contact.language()));
                tell(
                        contact,
                        new Content(
                                metadata,
                                contact.userId(),
                                Kind.APPOINTMENT_RESCHEDULED,
                                text,
                                null,
                                about,
                                event.getEnd(),
                                null),
                        address -> Invitation.to(visit, address));
            });
        }
    }

    @OnEvent
    void on(AppointmentCancelled event, EventMetadata metadata) {
        appointments.keep(event.getAppointmentId(), event.getAppointmentVersion(), false);
        contacts.of(event.getPatientId()).ifPresent(contact -> {
            var doctor = doctor(event.getDoctorId(), contact.language());
            var text = templates.text(
                    Kind.APPOINTMENT_CANCELLED,
                    contact.language(),
                    doctor,
                    templates.day(event.getStart(), contact.language(), contact.zone()),
                    event.getAlternatives().size(),
                    event.getAlternatives().stream()
                            .map(slot -> templates.day(slot.getStart(), contact.language(), contact.zone()))
                            .collect(Collectors.joining("; ")));
            var visit = new Visit(
                    event.getAppointmentId(),
                    event.getAppointmentVersion(),
                    event.getStart(),
                    event.getEnd(),
                    event.getCancelledAt(),
                    templates.inCalendar(doctor, contact.language()));
            tell(
                    contact,
                    new Content(metadata, contact.userId(), Kind.APPOINTMENT_CANCELLED, text, null, null, null, null),
                    address -> Invitation.cancelled(visit, address));
        });
    }

    /** Nobody needs to hear of it, but what was still to be said of the appointment no longer is. */
    @OnEvent
    void on(AppointmentCompleted event) {
        appointments.keep(event.getAppointmentId(), event.getAppointmentVersion(), false);
    }

    @OnEvent
    void on(ReminderDue event, EventMetadata metadata) {
        contacts.of(event.getPatientId()).ifPresent(contact -> {
            var text = templates.text(
                    Kind.APPOINTMENT_REMINDER,
                    contact.language(),
                    doctor(event.getDoctorId(), contact.language()),
                    templates.day(event.getStart(), contact.language(), contact.zone()),
                    templates.mode(event.getMode().name(), contact.language()));
            tell(
                    contact,
                    new Content(
                            metadata,
                            contact.userId(),
                            Kind.APPOINTMENT_REMINDER,
                            text,
                            null,
                            new About(event.getAppointmentId(), event.getAppointmentVersion()),
                            event.getStart(),
                            notBefore(event, contact)),
                    address -> null);
        });
    }

    /**
     * By every channel this service has and the person has left on.
     *
     * @param invitation what a mail to an address has a calendar enter; nothing when null
     */
    private void tell(Contact contact, Content content, Function<String, @Nullable Invitation> invitation) {
        for (var channel : ChannelName.values()) {
            var recipient = channel == ChannelName.EMAIL ? contact.email() : contact.phone();
            if (recipient != null
                    && channels.has(channel)
                    && !contact.mutedChannels().contains(channel.name())) {
                queueMessage.queue(
                        content, channel, recipient, channel == ChannelName.EMAIL ? invitation.apply(recipient) : null);
            }
        }
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
