package com.amrutam.doctor.availability;

import com.amrutam.doctor.availability.FollowBooking.News;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.kit.inbox.OnEvent;
import org.springframework.stereotype.Component;

/** Hears from booking what became of slots. */
@Component
class BookingListener {
    private final FollowBooking booking;

    BookingListener(FollowBooking booking) {
        this.booking = booking;
    }

    @OnEvent
    void on(SlotLocked event) {
        booking.follow(event.getDoctorId(), event.getSlotId(), event.getSlotVersion(), News.LOCKED);
    }

    @OnEvent
    void on(SlotReleased event) {
        var news = event.getReason() == ReleaseReason.DOCTOR_WITHDREW ? News.GONE : News.FREE;
        booking.follow(event.getDoctorId(), event.getSlotId(), event.getSlotVersion(), news);
    }

    @OnEvent
    void on(AppointmentBooked event) {
        booking.follow(event.getDoctorId(), event.getSlotId(), event.getSlotVersion(), News.BOOKED);
    }

    /** A slot left straight to someone on the waitlist is held by that person's lock. */
    @OnEvent
    void on(AppointmentRescheduled event) {
        booking.follow(event.getDoctorId(), event.getSlotId(), event.getSlotVersion(), News.BOOKED);
        booking.follow(
                event.getDoctorId(),
                event.getPreviousSlotId(),
                event.getPreviousSlotVersion(),
                event.getPreviousSlotFree() ? News.FREE : News.LOCKED);
    }

    @OnEvent
    void on(AppointmentCancelled event) {
        booking.follow(
                event.getDoctorId(),
                event.getSlotId(),
                event.getSlotVersion(),
                event.getSlotFree() ? News.FREE : News.GONE);
    }
}
