package com.amrutam.notification.message;

import com.amrutam.kit.data.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells the metrics how long messages wait, also while none goes out and so none is timed; every instance says the same. */
@Component
class WatchQueue {
    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Instant oldestDue;

    WatchQueue(JdbcClient jdbc, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        TimeGauge.builder("amrutam.messages.overdue", () -> overdue().toMillis(), TimeUnit.MILLISECONDS)
                .description("How long the message has been due that has waited longest")
                .register(metrics);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        // Codes and news are in an index each.
        oldestDue = jdbc.sql("""
                        select min(first) as since from (
                            select min(next_attempt) as first from message
                            where state = 'QUEUED' and encrypted_code is not null
                            union all
                            select min(next_attempt) from message where state = 'QUEUED' and encrypted_code is null) queues
                        where first <= now()""")
                .query((row, n) -> Optional.ofNullable(Timestamps.instantOrNull(row, "since")))
                .single()
                .orElse(null);
    }

    private Duration overdue() {
        var since = oldestDue;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
