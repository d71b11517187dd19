package com.amrutam.booking.doctor;

import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.kit.inbox.OnEvent;
import org.springframework.stereotype.Component;

/** Keeps the doctors' names in step with their profiles. */
@Component
class DoctorsListener {
    private final Doctors doctors;

    DoctorsListener(Doctors doctors) {
        this.doctors = doctors;
    }

    @OnEvent
    void on(DoctorProfileChanged event) {
        doctors.keep(event.getDoctorId(), event.getName(), event.getVersion());
    }
}
