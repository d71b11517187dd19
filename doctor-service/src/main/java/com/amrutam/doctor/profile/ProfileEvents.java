package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import com.amrutam.events.Money;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.kit.outbox.Outbox;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Tells the world of profiles. */
@Component
class ProfileEvents {
    private final Outbox outbox;

    ProfileEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void changed(Doctor doctor, Instant at) {
        var profile = doctor.profile();
        outbox.publish(DoctorProfileChanged.newBuilder()
                .setDoctorId(doctor.id())
                .setVersion(doctor.version())
                .setName(profile.name())
                .setSpecializations(profile.specializations())
                .setLanguages(profile.languages())
                .setCity(profile.city())
                .setModes(profile.modes().stream().map(ProfileEvents::mode).toList())
                .setFee(new Money(profile.fee().amount(), profile.fee().currency()))
                .setExperienceYears(profile.experienceYears())
                .setVerified(doctor.verified())
                .setChangedAt(at)
                .build());
    }

    private static com.amrutam.events.Mode mode(Mode mode) {
        return switch (mode) {
            case ONLINE -> com.amrutam.events.Mode.ONLINE;
            case IN_PERSON -> com.amrutam.events.Mode.IN_PERSON;
        };
    }
}
