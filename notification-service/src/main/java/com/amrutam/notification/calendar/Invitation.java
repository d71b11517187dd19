package com.amrutam.notification.calendar;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * What a mail has a calendar program enter, move or remove (RFC 5545, 5546). UID and SEQUENCE are those of the file that
 * booking-service serves, so that neither makes a second entry of what the other made.
 *
 * @param method {@code REQUEST} or {@code CANCEL}
 * @param file the iCalendar file
 */
public record Invitation(String method, String file) {
    private static final String ORGANIZER = "no-reply@amrutam.com";

    /**
     * An appointment as it stands from a version on.
     *
     * @param version rises with every change; 1 when booked
     * @param changedAt when it became so
     * @param summary what the entry is called
     */
    public record Visit(
            UUID appointmentId, int version, Instant start, Instant end, Instant changedAt, String summary) {}

    /** Enters the visit, or moves what an earlier version entered. */
    public static Invitation to(Visit visit, String attendee) {
        return of(visit, attendee, ImmutableMethod.REQUEST, Status.VALUE_CONFIRMED);
    }

    /** Removes the visit. */
    public static Invitation cancelled(Visit visit, String attendee) {
        return of(visit, attendee, ImmutableMethod.CANCEL, Status.VALUE_CANCELLED);
    }

    private static Invitation of(Visit visit, String attendee, Method method, String status) {
        var event = new VEvent(
                visit.start().truncatedTo(ChronoUnit.SECONDS),
                visit.end().truncatedTo(ChronoUnit.SECONDS),
                visit.summary());
        event.add(new Uid(visit.appointmentId() + "@amrutam.com"))
                .replace(new DtStamp(visit.changedAt().truncatedTo(ChronoUnit.SECONDS)))
                .add(new Sequence(visit.version() - 1))
                .add(new Status(status))
                .add(new Organizer(mailto(ORGANIZER)).add(new Cn("Amrutam")))
                // They have said yes by booking; nobody reads an answer.
                .add(new Attendee(mailto(attendee)).add(PartStat.ACCEPTED).add(Rsvp.FALSE))
                .add(new Url(URI.create("https://api.amrutam.com/api/v1/appointments/" + visit.appointmentId())));
        var calendar = new Calendar();
        calendar.add(new ProdId("-//Amrutam//Appointments//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(method);
        calendar.add(event);
        return new Invitation(method.getValue(), calendar.toString());
    }

    /** Escapes what an address may have and a URI may not. */
    private static URI mailto(String address) {
        try {
            return new URI("mailto", address, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
