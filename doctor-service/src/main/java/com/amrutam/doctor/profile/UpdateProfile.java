package com.amrutam.doctor.profile;

import com.amrutam.doctor.ExpectedVersion;
import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Slots;
import com.amrutam.doctor.specialization.Specializations;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A doctor writes or rewrites their profile. */
@Service
class UpdateProfile {
    private static final Logger log = LoggerFactory.getLogger(UpdateProfile.class);

    private final Doctors doctors;
    private final Specializations specializations;
    private final Slots slots;
    private final ProfileEvents events;
    private final Clock clock;

    UpdateProfile(Doctors doctors, Specializations specializations, Slots slots, ProfileEvents events, Clock clock) {
        this.doctors = doctors;
        this.specializations = specializations;
        this.slots = slots;
        this.events = events;
        this.clock = clock;
    }

    sealed interface Outcome {
        record Done(Doctor doctor) implements Outcome {}

        /** The profile is not the one the caller has read. */
        record Stale() implements Outcome {}

        record UnknownSpecializations(Set<String> codes) implements Outcome {}

        /** Coming slots are on offer in modes the profile would no longer have: the schedule has to change first. */
        record ModesInUse(Set<Mode> modes) implements Outcome {}
    }

    @Transactional
    public Outcome update(UUID id, Profile profile, ExpectedVersion expected) {
        var unknown = specializations.unknown(profile.specializations());
        if (!unknown.isEmpty()) {
            return new Outcome.UnknownSpecializations(unknown);
        }
        var known = doctors.lock(id);
        if (known.isEmpty()) {
            if (!expected.allowsNone()) {
                return new Outcome.Stale();
            }
            var doctor = Doctor.introducing(id, profile);
            if (doctors.add(doctor)) {
                log.atInfo().addKeyValue("doctorId", id).log("Doctor introduced");
                return published(doctor);
            }
            known = doctors.lock(id);
        }
        return change(known.orElseThrow(), profile, expected);
    }

    private Outcome change(Doctor doctor, Profile profile, ExpectedVersion expected) {
        if (!expected.allows(doctor.version())) {
            return new Outcome.Stale();
        }
        if (doctor.profile().equals(profile)) {
            return new Outcome.Done(doctor);
        }
        if (!profile.modes().containsAll(doctor.profile().modes())) {
            var inUse = slots.modesOffered(doctor.id(), clock.instant());
            if (!profile.modes().containsAll(inUse)) {
                return new Outcome.ModesInUse(inUse);
            }
        }
        var changed = doctor.describedBy(profile);
        doctors.save(changed);
        log.atInfo()
                .addKeyValue("doctorId", changed.id())
                .addKeyValue("version", changed.version())
                .addKeyValue("verified", changed.verified())
                .log("Profile changed");
        return published(changed);
    }

    private Outcome published(Doctor doctor) {
        events.changed(doctor, clock.instant());
        return new Outcome.Done(doctor);
    }
}
