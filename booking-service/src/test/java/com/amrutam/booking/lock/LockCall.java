package com.amrutam.booking.lock;

import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** The use case behind {@code POST /slot-locks}, for a benchmark of the transaction alone. */
public final class LockCall {
    private final LockSlot lockSlot;

    public LockCall(ApplicationContext context) {
        this.lockSlot = context.getBean(LockSlot.class);
    }

    /**
     * Answers the lock's id.
     *
     * @throws ClassCastException when the slot was not to be had
     */
    public UUID lock(UUID patientId, UUID slotId) {
        return ((LockOutcome.Locked) lockSlot.lock(patientId, slotId, null))
                .lock()
                .id();
    }
}
