package com.amrutam.doctor.profile;

import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes out of a profile whatever names the doctor. The row stays, unverified and so unseen: patients' past appointments and
 * ratings hang on it.
 */
@Component
public class ForgetDoctor {
    private static final Logger log = LoggerFactory.getLogger(ForgetDoctor.class);

    private final Doctors doctors;
    private final ProfileEvents events;
    private final Clock clock;

    ForgetDoctor(Doctors doctors, ProfileEvents events, Clock clock) {
        this.doctors = doctors;
        this.events = events;
        this.clock = clock;
    }

    /** @return false for a user who is no doctor */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean forget(UUID id) {
        var known = doctors.lock(id);
        if (known.isEmpty()) {
            return false;
        }
        var forgotten = known.get().forgotten();
        doctors.save(forgotten);
        events.changed(forgotten, clock.instant());
        log.atInfo().addKeyValue("doctorId", id).log("Doctor erased");
        return true;
    }
}
