package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a held slot back at the patient's word. */
@Component
class ReleaseLock {
    private final Slots slots;
    private final SlotLocks locks;
    private final LockEvents events;

    ReleaseLock(Slots slots, SlotLocks locks, LockEvents events) {
        this.slots = slots;
        this.locks = locks;
        this.events = events;
    }

    /** What came of giving a lock back. */
    enum Outcome {
        RELEASED,
        NO_SUCH_LOCK,
        /** It has become an appointment, which is cancelled instead. */
        CONFIRMED
    }

    @Transactional
    public Outcome release(UUID patientId, UUID lockId) {
        slots.takeRowOfLock(lockId);
        var found = locks.find(lockId, patientId);
        if (found.isEmpty()) {
            return Outcome.NO_SUCH_LOCK;
        }
        var lock = found.get().lock();
        return switch (lock.statusAt(found.get().now())) {
            case CONFIRMED -> Outcome.CONFIRMED;
            // Whoever asks again for what is already so gets the same answer.
            case EXPIRED, RELEASED -> Outcome.RELEASED;
            case ACTIVE -> {
                locks.end(lockId, SlotLock.Status.RELEASED);
                slots.release(lock.slotId(), lockId)
                        .ifPresent(version -> events.releasedByPatient(
                                lock, version, found.get().now()));
                yield Outcome.RELEASED;
            }
        };
    }
}
