package com.amrutam.doctor.availability;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.kit.inbox.HandledTogether;
import com.amrutam.kit.inbox.OnEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.stereotype.Component;

/** Hears from booking what became of slots. */
@Component
class BookingListener implements HandledTogether {
    private final FollowBooking booking;

    BookingListener(FollowBooking booking) {
        this.booking = booking;
    }

    @Override
    public List<SpecificRecord> handleAtOnce(List<SpecificRecord> events) {
        var news = events.stream()
                .flatMap(event -> BookingEvents.news(event).stream())
                .toList();
        booking.takeTurns(news.stream().map(SlotNews::doctorId).collect(Collectors.toSet()));
        return booking.followAtOnce(news) ? List.of() : events;
    }

    @OnEvent
    void on(SlotLocked event) {
        follow(event);
    }

    @OnEvent
    void on(SlotReleased event) {
        follow(event);
    }

    @OnEvent
    void on(AppointmentBooked event) {
        follow(event);
    }

    @OnEvent
    void on(AppointmentRescheduled event) {
        follow(event);
    }

    @OnEvent
    void on(AppointmentCancelled event) {
        follow(event);
    }

    private void follow(SpecificRecord event) {
        BookingEvents.news(event).forEach(booking::follow);
    }
}
