package com.amrutam.doctor.availability;

import com.amrutam.doctor.availability.SlotNews.Kind;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.SlotsWithdrawn;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** What events say of slots. */
final class BookingEvents {
    private BookingEvents() {}

    /** What an event of booking says, nothing if it is of no such kind. */
    static List<SlotNews> news(SpecificRecord event) {
        return switch (event) {
            case SlotLocked it ->
                List.of(new SlotNews(it.getDoctorId(), it.getSlotId(), it.getSlotVersion(), Kind.LOCKED));
            case SlotReleased it ->
                List.of(new SlotNews(
                        it.getDoctorId(),
                        it.getSlotId(),
                        it.getSlotVersion(),
                        it.getReason() == ReleaseReason.DOCTOR_WITHDREW ? Kind.GONE : Kind.FREE));
            case AppointmentBooked it ->
                List.of(new SlotNews(it.getDoctorId(), it.getSlotId(), it.getSlotVersion(), Kind.BOOKED));
            case AppointmentRescheduled it ->
                List.of(
                        new SlotNews(it.getDoctorId(), it.getSlotId(), it.getSlotVersion(), Kind.BOOKED),
                        // A slot left straight to someone on the waitlist is held by that person's lock.
                        new SlotNews(
                                it.getDoctorId(),
                                it.getPreviousSlotId(),
                                it.getPreviousSlotVersion(),
                                it.getPreviousSlotFree() ? Kind.FREE : Kind.LOCKED));
            case AppointmentCancelled it ->
                List.of(new SlotNews(
                        it.getDoctorId(),
                        it.getSlotId(),
                        it.getSlotVersion(),
                        it.getSlotFree() ? Kind.FREE : Kind.GONE));
            default -> List.of();
        };
    }

    /** The slots an event of our own takes back. */
    static List<UUID> withdrawn(SpecificRecord event) {
        return event instanceof SlotsWithdrawn withdrawal ? withdrawal.getSlotIds() : List.of();
    }
}
