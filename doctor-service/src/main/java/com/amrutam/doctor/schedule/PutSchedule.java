package com.amrutam.doctor.schedule;

import com.amrutam.doctor.ExpectedVersion;
import com.amrutam.doctor.Mode;
import com.amrutam.doctor.profile.Doctors;
import com.amrutam.doctor.schedule.Schedules.Kept;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A doctor says when they work from now on. */
@Service
class PutSchedule {
    private static final Logger log = LoggerFactory.getLogger(PutSchedule.class);

    private final Doctors doctors;
    private final Schedules schedules;
    private final OfferSlots offerSlots;
    private final Clock clock;

    PutSchedule(Doctors doctors, Schedules schedules, OfferSlots offerSlots, Clock clock) {
        this.doctors = doctors;
        this.schedules = schedules;
        this.offerSlots = offerSlots;
        this.clock = clock;
    }

    sealed interface Outcome {
        record Done(Kept kept, Reconciliation changes) implements Outcome {}

        record NoProfile() implements Outcome {}

        /** The schedule is not the one the caller has read. */
        record Stale() implements Outcome {}

        /** Some hours are in modes the doctor's profile does not have. */
        record ModesNotOffered(Set<Mode> offered) implements Outcome {}
    }

    @Transactional
    public Outcome put(UUID doctorId, Schedule schedule, ExpectedVersion expected) {
        var doctor = doctors.lock(doctorId);
        if (doctor.isEmpty()) {
            return new Outcome.NoProfile();
        }
        var former = schedules.find(doctorId);
        boolean isExpected = former.map(kept -> expected.allows(kept.version())).orElseGet(expected::allowsNone);
        if (!isExpected) {
            return new Outcome.Stale();
        }
        var offered = doctor.get().profile().modes();
        if (!offered.containsAll(schedule.modes())) {
            return new Outcome.ModesNotOffered(offered);
        }
        var now = clock.instant();
        var kept = former.filter(same -> same.schedule().equals(schedule))
                .orElseGet(() -> new Kept(doctorId, former.map(Kept::version).orElse(0) + 1, schedule));
        if (former.isEmpty() || former.get().version() != kept.version()) {
            schedules.save(kept, schedule.nextMidnight(now));
            log.atInfo()
                    .addKeyValue("doctorId", doctorId)
                    .addKeyValue("version", kept.version())
                    .log("Schedule changed");
        }
        return new Outcome.Done(kept, offerSlots.offer(doctorId, schedule, now));
    }
}
