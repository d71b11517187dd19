package com.amrutam.kit.outbox;

import com.amrutam.kit.data.Timestamps;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks after the outbox: measures how far behind the relay is, starts a mute one again, publishes again what is asked
 * for, makes the partitions of the days to come and drops those that were relayed long ago.
 */
class OutboxUpkeep {
    private static final Logger log = LoggerFactory.getLogger(OutboxUpkeep.class);
    private static final int DAYS_AHEAD = 14;
    /** How long rows can be published again; {@link com.amrutam.kit.inbox} remembers twice as long. */
    private static final Duration KEPT = Duration.ofDays(7);
    /** No transaction is open for longer: what occurred before that has been committed, or never will be. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final String slot;
    private final OutboxReplay replay;
    private final @Nullable OutboxRelay relay;
    private final Duration muteAfter;
    private final Clock clock;
    private volatile Standing standing = new Standing(false, 0, 0, null);

    /** @param relay null where this instance takes no part in relaying */
    OutboxUpkeep(
            JdbcClient jdbc,
            String slot,
            OutboxReplay replay,
            @Nullable OutboxRelay relay,
            Duration muteAfter,
            Clock clock,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.slot = slot;
        this.replay = replay;
        this.relay = relay;
        this.muteAfter = muteAfter;
        this.clock = clock;
        Gauge.builder("amrutam.outbox.slot.active", () -> standing.active() ? 1 : 0)
                .description("1 while some instance relays this service's outbox")
                .register(metrics);
        Gauge.builder("amrutam.outbox.slot.retained", () -> standing.retainedBytes())
                .description("Write-ahead log Postgres keeps for the relay")
                .baseUnit("bytes")
                .register(metrics);
        Gauge.builder("amrutam.outbox.slot.limit", () -> standing.limitBytes())
                .description("How much it keeps at most, before it gives the relay up (max_slot_wal_keep_size)")
                .baseUnit("bytes")
                .register(metrics);
        TimeGauge.builder("amrutam.outbox.lag", () -> lag().toMillis(), TimeUnit.MILLISECONDS)
                .description("Age of the oldest place in the log that the relay has not passed")
                .register(metrics);
    }

    /**
     * What Postgres says of the slot.
     *
     * @param limitBytes negative when there is no limit
     * @param behindSince when the log stood where the relay has not been yet; null when it has been everywhere
     */
    private record Standing(
            boolean active,
            long retainedBytes,
            long limitBytes,
            @Nullable Instant behindSince) {}

    private Duration lag() {
        var since = standing.behindSince();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        standing = jdbc.sql("""
                        select coalesce(bool_or(active), false) as active,
                               coalesce(max(pg_current_wal_lsn() - restart_lsn), 0) as retained,
                               (select setting::bigint * 1024 * 1024 from pg_settings
                                where name = 'max_slot_wal_keep_size') as retained_limit,
                               (select min(at) from outbox_mark
                                where lsn > coalesce((select max(confirmed_flush_lsn) from pg_replication_slots
                                                      where slot_name = :slot), '0/0')) as behind_since
                        from pg_replication_slots where slot_name = :slot""")
                .param("slot", slot)
                .query((row, n) -> new Standing(
                        row.getBoolean("active"),
                        row.getLong("retained"),
                        row.getLong("retained_limit"),
                        Timestamps.instantOrNull(row, "behind_since")))
                .single();
        mark();
        if (relay != null && lag().compareTo(muteAfter) > 0) {
            relay.startAgainIfMute(muteAfter);
        }
        replay.replayAll();
    }

    /** Remembers where the log stands, and forgets all marks the relay has passed but the last. */
    private void mark() {
        jdbc.sql("insert into outbox_mark (lsn, at) values (pg_current_wal_lsn(), ?) on conflict do nothing")
                .param(Timestamps.toSql(clock.instant()))
                .update();
        // Nothing else in the log is for the slot of a quiet service, which would then hold on to a busy neighbour's
        // log.
        jdbc.sql("select pg_logical_emit_message(true, 'outbox_mark', '')")
                .query()
                .singleRow();
        jdbc.sql("""
                        delete from outbox_mark where lsn < (
                            select max(lsn) from outbox_mark where lsn <= (
                                select confirmed_flush_lsn from pg_replication_slots where slot_name = ?))""").param(slot).update();
    }

    /** Partitions go whole, and only when the relay has passed everything that occurred in them. */
    @Scheduled(fixedDelayString = "PT1H")
    void turnPartitions() {
        jdbc.sql("select outbox_create_partitions(?)").param(DAYS_AHEAD).query().listOfRows();
        int dropped = jdbc.sql("""
                        select outbox_drop_before(least(:kept, passed.at - :longest * interval '1 second'))
                        from (select max(at) as at from outbox_mark
                              where lsn <= (select confirmed_flush_lsn from pg_replication_slots
                                            where slot_name = :slot)) as passed
                        where passed.at is not null""")
                .param("kept", Timestamps.toSql(clock.instant().minus(KEPT)))
                .param("longest", LONGEST_TRANSACTION.toSeconds())
                .param("slot", slot)
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (dropped > 0) {
            log.atInfo().addKeyValue("days", dropped).log("Days of the outbox dropped, long relayed");
        }
    }
}
