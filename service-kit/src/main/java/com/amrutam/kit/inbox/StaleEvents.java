package com.amrutam.kit.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that tell of a version older than what is known here, or of the same, and so change nothing. Topics are in no
 * order with each other, so a few are as it should be; many mean that somebody publishes again what is long past.
 */
public final class StaleEvents {
    private static final Logger log = LoggerFactory.getLogger(StaleEvents.class);

    private final MeterRegistry metrics;

    StaleEvents(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Notes that an event was ignored.
     *
     * @param about what it tells of, such as {@code slot}
     */
    public void ignored(String about, UUID id, int version) {
        metrics.counter("amrutam.events.stale", "about", about).increment();
        log.atInfo()
                .addKeyValue("about", about)
                .addKeyValue("id", id)
                .addKeyValue("version", version)
                .log("Event of a version older than the one known here ignored");
    }
}
