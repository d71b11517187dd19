package com.amrutam.kit.outbox;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The logical replication slot through which the outbox is read: the database's own mark of what was relayed, and the
 * lock that lets one instance relay at a time.
 */
final class RelaySlot {
    private static final Logger log = LoggerFactory.getLogger(RelaySlot.class);

    private final JdbcClient jdbc;
    private final String name;

    /** @param jdbc connected as the relay's role, the only one that may create a slot */
    RelaySlot(JdbcClient jdbc, String name) {
        this.jdbc = jdbc;
        this.name = name;
    }

    /**
     * How the slot stands.
     *
     * @param active whether some instance relays at this moment
     * @param lost whether Postgres has thrown away log the slot had not read, as {@code max_slot_wal_keep_size} allows
     */
    record State(boolean active, boolean lost) {}

    String name() {
        return name;
    }

    /**
     * Makes sure there is a slot that can be read: what precedes a slot is never read through it. Where one was there
     * before and is not any more, the events it had not passed are put down for publishing again from the table.
     */
    void ensure() {
        var found = state();
        if (found.isPresent() && !found.get().lost()) {
            return;
        }
        noteGap();
        if (found.isPresent()) {
            jdbc.sql("select pg_drop_replication_slot(?)").param(name).query().singleRow();
        }
        create();
    }

    /**
     * Written before the new slot is there: a crash in between leaves a gap noted twice, never one forgotten. It begins
     * before the last mark the old slot had passed, by the time the longest transaction may have been open.
     */
    private void noteGap() {
        int noted = jdbc.sql("""
                        insert into outbox_replay (since, until)
                        select coalesce((select min(at) - interval '1 hour' from outbox_mark), '-infinity'), 'infinity'
                        where exists (select from outbox_event)""").update();
        if (noted > 0) {
            log.atError()
                    .addKeyValue("slot", name)
                    .log("The replication slot is gone; what it had not passed is published again from the outbox");
        }
    }

    private void create() {
        try {
            // Its place belongs to the slot that is gone.
            jdbc.sql("delete from outbox_progress").update();
            // A failover slot is kept in step on a standby, so that a promoted one goes on where this one was.
            jdbc.sql(
                            "select pg_create_logical_replication_slot(?, 'pgoutput', temporary => false, twophase => false, failover => true)")
                    .param(name)
                    .query((row, n) -> row.getString(1))
                    .single();
            log.atInfo().addKeyValue("slot", name).log("Replication slot created");
        } catch (DataAccessException e) {
            if (state().isEmpty()) {
                throw e;
            }
            // Another instance was faster.
        }
    }

    /** Empty when there is no slot. */
    Optional<State> state() {
        return jdbc.sql(
                        "select active, coalesce(wal_status = 'lost', false) from pg_replication_slots where slot_name = ?")
                .param(name)
                .query((row, n) -> new State(row.getBoolean(1), row.getBoolean(2)))
                .optional();
    }
}
