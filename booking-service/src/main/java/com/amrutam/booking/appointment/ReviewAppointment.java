package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Status;
import com.amrutam.booking.appointment.Reviews.Review;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a patient's word on a visit, once. */
@Component
class ReviewAppointment {
    private final Appointments appointments;
    private final Reviews reviews;
    private final AppointmentEvents events;

    ReviewAppointment(Appointments appointments, Reviews reviews, AppointmentEvents events) {
        this.appointments = appointments;
        this.reviews = reviews;
        this.events = events;
    }

    sealed interface ReviewOutcome {
        record Reviewed(Review review) implements ReviewOutcome {}

        record NotFulfilled(Status status) implements ReviewOutcome {}

        record AlreadyReviewed() implements ReviewOutcome {}
    }

    @Transactional
    public ReviewOutcome review(UUID appointmentId, int rating, @Nullable String comment) {
        var read = appointments.find(appointmentId).orElseThrow();
        var appointment = read.appointment();
        if (appointment.status() != Status.FULFILLED) {
            return new ReviewOutcome.NotFulfilled(appointment.status());
        }
        var review = new Review(UuidCreator.getTimeOrderedEpoch(), rating, comment, read.now());
        if (!reviews.add(review, appointment)) {
            return new ReviewOutcome.AlreadyReviewed();
        }
        events.reviewed(appointment, review);
        return new ReviewOutcome.Reviewed(review);
    }
}
