package com.amrutam.booking.waitlist;

import com.amrutam.booking.lock.ReleaseLock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives a place in line up, and with it the slot that was offered for it. */
@Component
public class LeaveWaitlist {
    private final Waitlist waitlist;
    private final ReleaseLock releaseLock;

    LeaveWaitlist(Waitlist waitlist, ReleaseLock releaseLock) {
        this.waitlist = waitlist;
        this.releaseLock = releaseLock;
    }

    /** What came of leaving. */
    public enum Outcome {
        LEFT,
        NO_SUCH_ENTRY,
        /** The offer has become an appointment, which is cancelled instead. */
        CONFIRMED
    }

    /** Removes all that is known of a patient who is no more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(UUID patientId) {
        waitlist.remove(patientId);
    }

    @Transactional
    public Outcome leave(UUID patientId, UUID entryId) {
        if (waitlist.leave(entryId, patientId)) {
            return Outcome.LEFT;
        }
        var entry = waitlist.find(entryId, patientId);
        if (entry.isEmpty()) {
            return Outcome.NO_SUCH_ENTRY;
        }
        var lockId = entry.get().slotLockId();
        if (lockId == null) {
            return Outcome.LEFT;
        }
        return switch (releaseLock.release(patientId, lockId)) {
            case CONFIRMED -> Outcome.CONFIRMED;
            case RELEASED, NO_SUCH_LOCK -> Outcome.LEFT;
        };
    }
}
