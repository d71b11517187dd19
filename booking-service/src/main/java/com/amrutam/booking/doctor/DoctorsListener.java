package com.amrutam.booking.doctor;

import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.kit.inbox.StaleEvents;
import org.springframework.stereotype.Component;

/** Keeps the doctors' names in step with their profiles. */
@Component
class DoctorsListener {
    private final Doctors doctors;
    private final StaleEvents staleEvents;

    DoctorsListener(Doctors doctors, StaleEvents staleEvents) {
        this.doctors = doctors;
        this.staleEvents = staleEvents;
    }

    @OnEvent
    void on(DoctorProfileChanged event) {
        if (!doctors.keep(event.getDoctorId(), event.getName(), event.getVersion())) {
            staleEvents.ignored("doctor", event.getDoctorId(), event.getVersion());
        }
    }
}
