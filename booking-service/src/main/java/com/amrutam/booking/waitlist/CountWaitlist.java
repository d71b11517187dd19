package com.amrutam.booking.waitlist;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells the metrics how many wait in line; every instance says the same. */
@Component
class CountWaitlist {
    private final Waitlist waitlist;
    private volatile long waiting;

    CountWaitlist(Waitlist waitlist, MeterRegistry metrics) {
        this.waitlist = waitlist;
        Gauge.builder("amrutam.waitlist.waiting", () -> waiting)
                .description("Places in line that no slot was offered for yet")
                .register(metrics);
    }

    @Scheduled(fixedDelayString = "PT30S")
    void count() {
        waiting = waitlist.waiting();
    }
}
