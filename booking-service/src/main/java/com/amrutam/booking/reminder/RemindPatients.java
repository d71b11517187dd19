package com.amrutam.booking.reminder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
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
    private final Clock clock;
    private final Timer delays;

    RemindPatients(
            Reminders reminders,
            ReminderPolicies policies,
            ReminderEvents events,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry metrics) {
        this.reminders = reminders;
        this.policies = policies;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.delays = Timer.builder("amrutam.reminder.delay")
                .description("From the moment a reminder was due to the moment it was taken up")
                .serviceLevelObjectives(
                        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5))
                .register(metrics);
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
        for (var reminder : due) {
            events.due(reminder);
            delays.record(Duration.between(reminder.dueAt(), clock.instant()));
        }
        return due.size();
    }
}
