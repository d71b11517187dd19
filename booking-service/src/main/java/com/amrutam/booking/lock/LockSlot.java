package com.amrutam.booking.lock;

import com.amrutam.booking.lock.LockOutcome.Locked;
import com.amrutam.booking.lock.LockOutcome.ModeNotOffered;
import com.amrutam.booking.lock.LockOutcome.ModeRequired;
import com.amrutam.booking.lock.LockOutcome.NoSuchSlot;
import com.amrutam.booking.lock.LockOutcome.OverlappingAppointment;
import com.amrutam.booking.lock.LockOutcome.SlotTaken;
import com.amrutam.booking.lock.LockOutcome.TooManyLocks;
import com.amrutam.booking.lock.LockOutcome.TooSoon;
import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.Slot;
import com.amrutam.booking.slot.Slots;
import com.amrutam.kit.codes.OneTimeCodes;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Holds a slot for a patient and has the code sent that confirms it. */
@Component
class LockSlot {
    private static final Logger log = LoggerFactory.getLogger(LockSlot.class);
    private static final int ALTERNATIVES = 3;

    private final Slots slots;
    private final SlotLocks locks;
    private final BusyPatients busyPatients;
    private final OneTimeCodes codes;
    private final LockEvents events;
    private final LockPolicies policies;
    private final Clock clock;

    LockSlot(
            Slots slots,
            SlotLocks locks,
            BusyPatients busyPatients,
            OneTimeCodes codes,
            LockEvents events,
            LockPolicies policies,
            Clock clock) {
        this.slots = slots;
        this.locks = locks;
        this.busyPatients = busyPatients;
        this.codes = codes;
        this.events = events;
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
        locks.takePatient(patientId);
        if (locks.activeOf(patientId) >= policies.perPatient()) {
            return new TooManyLocks(policies.perPatient());
        }
        if (busyPatients.isBusy(patientId, slot.start(), slot.end())) {
            return new OverlappingAppointment();
        }
        var lockId = UuidCreator.getTimeOrderedEpoch();
        var held = slots.hold(slotId, lockId, policies.length());
        if (held.isEmpty()) {
            return new SlotTaken(slots.nextFree(slot.doctorId(), slot.start(), mode, ALTERNATIVES));
        }
        return new Locked(keep(slot, mode, patientId, lockId, held.get()));
    }

    private SlotLock keep(Slot slot, Mode mode, UUID patientId, UUID lockId, Slots.Held held) {
        if (held.expiredLockId() != null) {
            locks.end(held.expiredLockId(), SlotLock.Status.EXPIRED)
                    .ifPresent(expired -> events.expired(expired, held.version() - 1, held.at()));
        }
        var code = codes.next();
        var lock = new SlotLock(
                lockId,
                slot.id(),
                slot.doctorId(),
                patientId,
                mode,
                slot.start(),
                slot.end(),
                SlotLock.Status.ACTIVE,
                SlotLock.Reason.PATIENT,
                codes.digest(lockId, code),
                policies.codeAttempts(),
                held.until());
        locks.add(lock, held.at());
        events.locked(lock, held.version(), held.at());
        events.codeRequested(lock, code, held.at());
        log.atInfo()
                .addKeyValue("slotId", slot.id())
                .addKeyValue("slotLockId", lockId)
                .addKeyValue("expiresAt", held.until())
                .log("Slot locked");
        return lock;
    }
}
