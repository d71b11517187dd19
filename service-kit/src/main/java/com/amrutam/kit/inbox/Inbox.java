package com.amrutam.kit.inbox;

import com.amrutam.kit.data.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Remembers which events were handled, in the transaction that handled them. */
class Inbox {
    /** Twice as long as the outbox keeps rows to publish again: nothing comes back after that. */
    private static final Duration MEMORY = Duration.ofDays(14);

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Records events in the caller's transaction.
     *
     * @return those that were not recorded before
     */
    Set<UUID> newOf(Collection<UUID> eventIds) {
        return new HashSet<>(jdbc.sql("""
                        insert into inbox_event (event_id) select unnest(?::uuid[])
                        on conflict do nothing returning event_id""")
                // Sorted: two that record the same ones must not each wait for the other.
                .param(eventIds.stream().sorted().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list());
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOld() {
        jdbc.sql("delete from inbox_event where received_at < ?")
                .param(Timestamps.toSql(clock.instant().minus(MEMORY)))
                .update();
    }
}
