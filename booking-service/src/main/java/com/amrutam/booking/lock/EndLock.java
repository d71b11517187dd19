package com.amrutam.booking.lock;

import com.amrutam.booking.slot.FreedSlots;
import com.amrutam.booking.slot.Slots;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends a lock that does not become an appointment, and gives its slot back. The caller has the slot's row. */
@Component
class EndLock {
    private final Slots slots;
    private final SlotLocks locks;
    private final FreedSlots freedSlots;
    private final LockEvents events;

    EndLock(Slots slots, SlotLocks locks, FreedSlots freedSlots, LockEvents events) {
        this.slots = slots;
        this.locks = locks;
        this.freedSlots = freedSlots;
        this.events = events;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void end(SlotLock lock, SlotLock.Status status, SlotLock.Ending ending, Instant at) {
        locks.end(lock.id(), status);
        slots.release(lock.slotId(), lock.id()).ifPresent(slot -> {
            events.released(lock, slot.version(), slot.free() ? ending : SlotLock.Ending.DOCTOR_WITHDREW, at);
            if (slot.free()) {
                freedSlots.freed(slot.id());
            }
        });
    }
}
