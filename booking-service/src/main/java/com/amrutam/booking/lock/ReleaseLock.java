package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives a held slot back at the patient's word. */
@Component
public class ReleaseLock {
    private final Slots slots;
    private final SlotLocks locks;
    private final EndLock endLock;

    ReleaseLock(Slots slots, SlotLocks locks, EndLock endLock) {
        this.slots = slots;
        this.locks = locks;
        this.endLock = endLock;
    }

    /** What came of giving a lock back. */
    public enum Outcome {
        RELEASED,
        NO_SUCH_LOCK,
        /** It has become an appointment, which is cancelled instead. */
        CONFIRMED
    }

    /** Ends all locks of a patient who is no more. The caller has taken the patient. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void releaseAllOf(UUID patientId) {
        var active = locks.activeLocksOf(patientId);
        slots.takeRows(active.stream().map(SlotLock::slotId).toArray(UUID[]::new));
        for (var lock : active) {
            locks.find(lock.id(), patientId)
                    .filter(read -> read.lock().status() == SlotLock.Status.ACTIVE)
                    .ifPresent(read ->
                            endLock.end(lock, SlotLock.Status.RELEASED, SlotLock.Ending.USER_ERASED, read.now()));
        }
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
                endLock.end(
                        lock,
                        SlotLock.Status.RELEASED,
                        SlotLock.Ending.RELEASED,
                        found.get().now());
                yield Outcome.RELEASED;
            }
        };
    }
}
