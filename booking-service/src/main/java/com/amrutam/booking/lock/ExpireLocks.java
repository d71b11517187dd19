package com.amrutam.booking.lock;

import com.amrutam.booking.lock.SlotLocks.Expired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Frees slots whose lock has run out and tells the world; every instance does, none needs to lead. */
@Component
class ExpireLocks {
    private static final Logger log = LoggerFactory.getLogger(ExpireLocks.class);
    private static final int BATCH = 200;

    private final SlotLocks locks;
    private final LockEvents events;
    private final TransactionTemplate transaction;

    ExpireLocks(SlotLocks locks, LockEvents events, TransactionTemplate transaction) {
        this.locks = locks;
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

    private int sweepOnce() {
        var swept = locks.sweep(BATCH);
        for (Expired one : swept) {
            events.expired(one.lock(), one.slotVersion(), one.at());
        }
        return swept.size();
    }
}
