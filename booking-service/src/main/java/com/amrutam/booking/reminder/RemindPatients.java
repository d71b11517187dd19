package com.amrutam.booking.reminder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Says which patients are to be reminded; every instance does, none needs to lead. */
@Component
class RemindPatients {
    private static final Logger log = LoggerFactory.getLogger(RemindPatients.class);
    private static final int BATCH = 500;

    private final Reminders reminders;
    private final ReminderPolicies policies;
    private final ReminderEvents events;
    private final TransactionTemplate transaction;

    RemindPatients(
            Reminders reminders, ReminderPolicies policies, ReminderEvents events, TransactionTemplate transaction) {
        this.reminders = reminders;
        this.policies = policies;
        this.events = events;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${amrutam.booking.reminder.sweep-interval:10s}")
    void sweep() {
        int reminded;
        do {
            reminded = transaction.execute(status -> remind());
            if (reminded > 0) {
                log.atInfo().addKeyValue("reminders", reminded).log("Reminders are due");
            }
        } while (reminded == BATCH);
    }

    private int remind() {
        var due = reminders.takeDue(policies.offsets(), BATCH);
        due.forEach(events::due);
        return due.size();
    }
}
