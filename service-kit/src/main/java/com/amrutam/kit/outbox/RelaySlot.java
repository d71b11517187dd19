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

    String name() {
        return name;
    }

    /** Makes sure the slot exists before the first event is written: what precedes a slot is never read through it. */
    void ensure() {
        if (active().isPresent()) {
            return;
        }
        try {
            // A failover slot is kept in step on a standby, so that a promoted one goes on where this one was.
            jdbc.sql(
                            "select pg_create_logical_replication_slot(?, 'pgoutput', temporary => false, twophase => false, failover => true)")
                    .param(name)
                    .query((row, n) -> row.getString(1))
                    .single();
            log.atInfo().addKeyValue("slot", name).log("Replication slot created");
        } catch (DataAccessException e) {
            if (active().isEmpty()) {
                throw e;
            }
            // Another instance was faster.
        }
    }

    /** Whether some instance relays at this moment; empty when there is no slot. */
    Optional<Boolean> active() {
        return jdbc.sql("select active from pg_replication_slots where slot_name = ?")
                .param(name)
                .query(Boolean.class)
                .optional();
    }
}
