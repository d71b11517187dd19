package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.Slot;
import com.amrutam.booking.slot.Slots;
import com.amrutam.kit.codes.OneTimeCodes;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives a slot to a patient for a while and has the code sent that confirms it, if nobody was faster. */
@Component
public class GrantLock {
    private static final Logger log = LoggerFactory.getLogger(GrantLock.class);

    private final Slots slots;
    private final SlotLocks locks;
    private final OneTimeCodes codes;
    private final LockEvents events;
    private final LockPolicies policies;

    GrantLock(Slots slots, SlotLocks locks, OneTimeCodes codes, LockEvents events, LockPolicies policies) {
        this.slots = slots;
        this.locks = locks;
        this.codes = codes;
        this.events = events;
        this.policies = policies;
    }

    /** Empty when the slot is taken. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<SlotLock> grant(Slot slot, Mode mode, UUID patientId, SlotLock.Reason reason, Duration length) {
        var lockId = UuidCreator.getTimeOrderedEpoch();
        return slots.hold(slot.id(), lockId, length).map(held -> keep(slot, mode, patientId, reason, lockId, held));
    }

    private SlotLock keep(Slot slot, Mode mode, UUID patientId, SlotLock.Reason reason, UUID lockId, Slots.Held held) {
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
                reason,
                codes.digest(lockId, code),
                policies.codeAttempts(),
                held.until());
        locks.add(lock, held.at());
        events.locked(lock, held.version(), held.at());
        events.codeRequested(lock, code, held.at());
        log.atInfo()
                .addKeyValue("slotId", slot.id())
                .addKeyValue("slotLockId", lockId)
                .addKeyValue("reason", reason)
                .addKeyValue("expiresAt", held.until())
                .log("Slot locked");
        return lock;
    }
}
