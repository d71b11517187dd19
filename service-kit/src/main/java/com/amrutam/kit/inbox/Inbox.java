package com.amrutam.kit.inbox;

import com.amrutam.kit.data.Timestamps;
import java.time.Clock;
import java.time.Duration;
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

    /** Records an event in the caller's transaction; false when it was recorded before. */
    boolean isNew(UUID eventId) {
        return jdbc.sql("insert into inbox_event (event_id) values (?) on conflict do nothing")
                        .param(eventId)
                        .update()
                == 1;
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOld() {
        jdbc.sql("delete from inbox_event where received_at < ?")
                .param(Timestamps.toSql(clock.instant().minus(MEMORY)))
                .update();
    }
}
