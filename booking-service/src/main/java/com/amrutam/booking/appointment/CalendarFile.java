package com.amrutam.booking.appointment;

import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * An appointment for a calendar program (RFC 5545). The same appointment has the same UID for good and a SEQUENCE that
 * rises, so that a later file moves or removes the entry an earlier one made.
 */
final class CalendarFile {
    private CalendarFile() {}

    static String of(Appointment appointment) {
        var doctor = appointment.doctorName() == null ? "your doctor" : appointment.doctorName();
        var event = new VEvent(
                appointment.start().truncatedTo(ChronoUnit.SECONDS),
                appointment.end().truncatedTo(ChronoUnit.SECONDS),
                "Appointment with " + doctor);
        event.add(new Uid(appointment.id() + "@amrutam.com"))
                .replace(new DtStamp(appointment.scheduledAt().truncatedTo(ChronoUnit.SECONDS)))
                .add(new Sequence(appointment.version() - 1))
                .add(new Status(
                        appointment.status() == Appointment.Status.CANCELLED
                                ? Status.VALUE_CANCELLED
                                : Status.VALUE_CONFIRMED))
                .add(new Description(
                        appointment.mode().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .add(new Url(URI.create("https://api.amrutam.com/api/v1/appointments/" + appointment.id())));
        var calendar = new Calendar();
        calendar.add(new ProdId("-//Amrutam//Appointments//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(event);
        return calendar.toString();
    }
}
