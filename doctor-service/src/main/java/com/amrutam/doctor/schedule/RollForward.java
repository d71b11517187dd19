package com.amrutam.doctor.schedule;

import com.amrutam.doctor.availability.Slots;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves each doctor's horizon on when the doctor's day changes, and forgets what is long past. Every instance does so;
 * one doctor is one transaction, and a doctor somebody else is at is left to them.
 */
@Service
class RollForward {
    private static final Logger log = LoggerFactory.getLogger(RollForward.class);

    /** How many doctors are looked up at a time; after a busy midnight the loop comes round again at once. */
    private static final int BATCH = 200;

    private final Schedules schedules;
    private final Slots slots;
    private final OfferSlots offerSlots;
    private final ScheduleProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RollForward(
            Schedules schedules,
            Slots slots,
            OfferSlots offerSlots,
            ScheduleProperties properties,
            TransactionTemplate transaction,
            Clock clock) {
        this.schedules = schedules;
        this.slots = slots;
        this.offerSlots = offerSlots;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${amrutam.doctor.schedule.roll-forward-every:1m}")
    void run() {
        rollDue(clock.instant());
    }

    void rollDue(Instant now) {
        int rolled;
        do {
            rolled = 0;
            for (var doctorId : schedules.due(now, BATCH)) {
                if (roll(doctorId, now)) {
                    rolled++;
                }
            }
        } while (rolled == BATCH);
    }

    private boolean roll(UUID doctorId, Instant now) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                if (!schedules.claim(doctorId, now)) {
                    return false;
                }
                var schedule = schedules.find(doctorId).orElseThrow().schedule();
                offerSlots.offer(doctorId, schedule, now);
                slots.forgetEndedBefore(doctorId, now.minus(properties.keepPastSlots()));
                schedules.setNextRoll(doctorId, schedule.nextMidnight(now));
                return true;
            }));
        } catch (RuntimeException e) {
            // One doctor's trouble is not the others'; the next round tries again.
            log.atError()
                    .setCause(e)
                    .addKeyValue("doctorId", doctorId)
                    .log("The horizon of a doctor could not be moved on; tried again next round");
            return false;
        }
    }
}
