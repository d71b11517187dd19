package com.amrutam.doctor.profile;

import com.amrutam.doctor.ExpectedVersion;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An administrator who has checked the registration lets patients see the doctor. */
@Service
class VerifyDoctor {
    private static final Logger log = LoggerFactory.getLogger(VerifyDoctor.class);

    private final Doctors doctors;
    private final ProfileEvents events;
    private final Clock clock;

    VerifyDoctor(Doctors doctors, ProfileEvents events, Clock clock) {
        this.doctors = doctors;
        this.events = events;
        this.clock = clock;
    }

    sealed interface Outcome {
        record Done(Doctor doctor) implements Outcome {}

        /** The profile is not the one the administrator has checked. */
        record Stale() implements Outcome {}

        record NoSuchDoctor() implements Outcome {}
    }

    @Transactional
    public Outcome verify(UUID id, UUID administrator, ExpectedVersion expected) {
        var found = doctors.lock(id);
        if (found.isEmpty()) {
            return new Outcome.NoSuchDoctor();
        }
        var doctor = found.get();
        if (!expected.allows(doctor.version())) {
            return new Outcome.Stale();
        }
        if (doctor.verified()) {
            return new Outcome.Done(doctor);
        }
        var verified = doctor.verify();
        doctors.save(verified);
        events.changed(verified, clock.instant());
        log.atInfo()
                .addKeyValue("doctorId", id)
                .addKeyValue("version", verified.version())
                .addKeyValue("administratorId", administrator)
                .log("Doctor verified");
        return new Outcome.Done(verified);
    }
}
