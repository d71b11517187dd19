package com.amrutam.booking.lock;

import com.amrutam.booking.lock.SlotLocks.Expired;
import com.amrutam.booking.slot.FreedSlots;
import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Frees slots whose lock has run out and tells the world; every instance does, none needs to lead. */
@Component
public class ExpireLocks {
    private static final Logger log = LoggerFactory.getLogger(ExpireLocks.class);
    private static final int BATCH = 200;

    private final Slots slots;
    private final SlotLocks locks;
    private final FreedSlots freedSlots;
    private final LockEvents events;
    private final TransactionTemplate transaction;

    ExpireLocks(
            Slots slots, SlotLocks locks, FreedSlots freedSlots, LockEvents events, TransactionTemplate transaction) {
        this.slots = slots;
        this.locks = locks;
        this.freedSlots = freedSlots;
        this.events = events;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${amrutam.booking.lock.sweep-interval}")
    void sweep() {
        int expired;
        do {
            expired = transaction.execute(status -> sweepOnce());
            if (expired > 0) {
                log.atInfo().addKeyValue("locks", expired).log("Expired locks ended, their slots are free");
            }
        } while (expired == BATCH);
    }

    /** Ends the lock of one slot if its time is up, for somebody who wants the slot now and has its row. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void expire(UUID slotId) {
        slots.freeExpired(slotId)
                .flatMap(expired -> locks.end(expired.lockId(), SlotLock.Status.EXPIRED)
                        .map(lock -> new Expired(lock, expired.version(), expired.free(), expired.at())))
                .ifPresent(this::tell);
    }

    private int sweepOnce() {
        var swept = locks.sweep(BATCH);
        for (Expired one : swept) {
            tell(one);
            if (one.slotFree()) {
                freedSlots.freed(one.lock().slotId());
            }
        }
        return swept.size();
    }

    private void tell(Expired one) {
        events.released(
                one.lock(),
                one.slotVersion(),
                one.slotFree() ? SlotLock.Ending.EXPIRED : SlotLock.Ending.DOCTOR_WITHDREW,
                one.at());
    }
}
