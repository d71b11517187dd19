package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Slots;
import com.amrutam.kit.codes.OneTimeCodes;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tries a code on a lock, as part of booking. A wrong one costs an attempt; the last one ends the lock. */
@Component
public class TryCode {
    private final Slots slots;
    private final SlotLocks locks;
    private final OneTimeCodes codes;
    private final EndLock endLock;

    TryCode(Slots slots, SlotLocks locks, OneTimeCodes codes, EndLock endLock) {
        this.slots = slots;
        this.locks = locks;
        this.codes = codes;
        this.endLock = endLock;
    }

    /** What the code was good for. */
    public sealed interface Outcome {
        /** The right code in time; the slot's row is in this transaction's hands. */
        record Right(SlotLock lock, Instant now) implements Outcome {}

        record Wrong(int attemptsRemaining) implements Outcome {}

        /** The lock has ended, in the way its status says. */
        record Ended(SlotLock.Status status) implements Outcome {}

        record NoSuchLock() implements Outcome {}
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome attempt(UUID patientId, UUID lockId, String code) {
        slots.takeRowOfLock(lockId);
        var found = locks.find(lockId, patientId);
        if (found.isEmpty()) {
            return new Outcome.NoSuchLock();
        }
        var lock = found.get().lock();
        var now = found.get().now();
        var status = lock.statusAt(now);
        if (status != SlotLock.Status.ACTIVE) {
            return new Outcome.Ended(status);
        }
        if (codes.matches(lockId, code, lock.codeDigest())) {
            return new Outcome.Right(lock, now);
        }
        var after = lock.afterWrongCode();
        locks.attempted(lockId, after.attemptsRemaining());
        if (after.status() == SlotLock.Status.RELEASED) {
            endLock.end(lock, SlotLock.Status.RELEASED, SlotLock.Ending.TOO_MANY_ATTEMPTS, now);
        }
        return new Outcome.Wrong(after.attemptsRemaining());
    }

    /** The lock has done its work. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void confirmed(SlotLock lock) {
        locks.end(lock.id(), SlotLock.Status.CONFIRMED);
    }
}
