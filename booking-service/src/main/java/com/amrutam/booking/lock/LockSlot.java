package com.amrutam.booking.lock;

import com.amrutam.booking.lock.LockOutcome.Locked;
import com.amrutam.booking.lock.LockOutcome.ModeNotOffered;
import com.amrutam.booking.lock.LockOutcome.ModeRequired;
import com.amrutam.booking.lock.LockOutcome.NoSuchSlot;
import com.amrutam.booking.lock.LockOutcome.OverlappingAppointment;
import com.amrutam.booking.lock.LockOutcome.SlotTaken;
import com.amrutam.booking.lock.LockOutcome.TooManyAppointments;
import com.amrutam.booking.lock.LockOutcome.TooManyLocks;
import com.amrutam.booking.lock.LockOutcome.TooSoon;
import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.Slots;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Holds a slot for the patient who asks for it. */
@Component
class LockSlot {
    private static final int ALTERNATIVES = 3;

    private final Slots slots;
    private final Patients patients;
    private final GrantLock grantLock;
    private final LockPolicies policies;
    private final Clock clock;

    LockSlot(Slots slots, Patients patients, GrantLock grantLock, LockPolicies policies, Clock clock) {
        this.slots = slots;
        this.patients = patients;
        this.grantLock = grantLock;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * @param chosen the mode wanted; may be left out where the slot has only one
     */
    @Transactional
    public LockOutcome lock(UUID patientId, UUID slotId, @Nullable Mode chosen) {
        var found = slots.find(slotId);
        if (found.isEmpty()) {
            return new NoSuchSlot();
        }
        var slot = found.get();
        if (chosen == null && slot.modes().size() > 1) {
            return new ModeRequired();
        }
        var mode = chosen == null ? slot.modes().iterator().next() : chosen;
        if (!slot.modes().contains(mode)) {
            return new ModeNotOffered();
        }
        if (slot.isTooSoon(clock.instant())) {
            return new TooSoon();
        }
        patients.take(patientId);
        var plans = patients.plans(patientId, slot.start(), slot.end());
        if (plans.locks() >= policies.perPatient()) {
            return new TooManyLocks(policies.perPatient());
        }
        if (plans.appointments() >= policies.appointmentsPerPatient()) {
            return new TooManyAppointments(policies.appointmentsPerPatient());
        }
        if (plans.busy()) {
            return new OverlappingAppointment();
        }
        return grantLock
                .grant(slot, mode, patientId, SlotLock.Reason.PATIENT, policies.length())
                .<LockOutcome>map(Locked::new)
                .orElseGet(() -> new SlotTaken(slots.nextFree(slot.doctorId(), slot.start(), mode, ALTERNATIVES)));
    }
}
