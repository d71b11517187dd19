package com.amrutam.booking.waitlist;

import com.amrutam.booking.lock.Patients;
import com.amrutam.booking.slot.Mode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a place in a doctor's line. */
@Component
class JoinWaitlist {
    private final Waitlist waitlist;
    private final Patients patients;
    private final WaitlistPolicies policies;

    JoinWaitlist(Waitlist waitlist, Patients patients, WaitlistPolicies policies) {
        this.waitlist = waitlist;
        this.patients = patients;
        this.policies = policies;
    }

    sealed interface Outcome {
        record Joined(WaitlistEntry entry) implements Outcome {}

        record NoSuchDoctor() implements Outcome {}

        record AlreadyWaiting() implements Outcome {}

        /** @param most how many places in line a patient may have */
        record TooMany(int most) implements Outcome {}
    }

    @Transactional
    public Outcome join(UUID patientId, UUID doctorId, @Nullable Mode mode, Instant from, Instant to) {
        if (!waitlist.knowsDoctor(doctorId)) {
            return new Outcome.NoSuchDoctor();
        }
        patients.take(patientId);
        if (waitlist.waitingOf(patientId) >= policies.perPatient()) {
            return new Outcome.TooMany(policies.perPatient());
        }
        var entry = new WaitlistEntry(
                UuidCreator.getTimeOrderedEpoch(),
                patientId,
                doctorId,
                mode,
                from,
                to,
                WaitlistEntry.Status.WAITING,
                null);
        return waitlist.add(entry) ? new Outcome.Joined(entry) : new Outcome.AlreadyWaiting();
    }
}
