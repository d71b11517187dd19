package com.amrutam.doctor.profile;

import com.amrutam.events.booking.AppointmentReviewed;
import com.amrutam.kit.inbox.OnEvent;
import org.springframework.stereotype.Component;

/** Counts what patients think; each review comes once, the inbox sees to that. */
@Component
class ReviewListener {
    private final Doctors doctors;

    ReviewListener(Doctors doctors) {
        this.doctors = doctors;
    }

    @OnEvent
    void on(AppointmentReviewed event) {
        doctors.rate(event.getDoctorId(), event.getRating());
    }
}
