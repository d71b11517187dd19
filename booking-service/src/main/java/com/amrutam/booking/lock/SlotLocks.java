package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Mode;
import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The locks. */
@Repository
public class SlotLocks {
    private final JdbcClient jdbc;

    SlotLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A patient's lock and the database's time; empty when there is none, or it is another's. */
    public Optional<Read> find(UUID id, UUID patientId) {
        return jdbc.sql("select *, clock_timestamp() as now from slot_lock where id = ? and patient_id = ?")
                .params(id, patientId)
                .query((row, n) -> new Read(lock(row), Timestamps.instant(row, "now")))
                .optional();
    }

    void add(SlotLock lock, Instant createdAt) {
        jdbc.sql("""
                        insert into slot_lock (id, slot_id, doctor_id, patient_id, mode, starts_at, ends_at, status, reason,
                                               code_digest, attempts_remaining, expires_at, created_at)
                        values (:id, :slotId, :doctorId, :patientId, :mode, :start, :end, :status, :reason,
                                :codeDigest, :attemptsRemaining, :expiresAt, :createdAt)""")
                .param("id", lock.id())
                .param("slotId", lock.slotId())
                .param("doctorId", lock.doctorId())
                .param("patientId", lock.patientId())
                .param("mode", lock.mode().name())
                .param("start", Timestamps.toSql(lock.start()))
                .param("end", Timestamps.toSql(lock.end()))
                .param("status", lock.status().name())
                .param("reason", lock.reason().name())
                .param("codeDigest", lock.codeDigest())
                .param("attemptsRemaining", lock.attemptsRemaining())
                .param("expiresAt", Timestamps.toSql(lock.expiresAt()))
                .param("createdAt", Timestamps.toSql(createdAt))
                .update();
    }

    void attempted(UUID id, int attemptsRemaining) {
        jdbc.sql("update slot_lock set attempts_remaining = ? where id = ?")
                .params(attemptsRemaining, id)
                .update();
    }

    /** A patient's locks that have not ended. */
    List<SlotLock> activeLocksOf(UUID patientId) {
        return jdbc.sql("select * from slot_lock where patient_id = ? and status = 'ACTIVE' order by slot_id")
                .param(patientId)
                .query((row, n) -> lock(row))
                .list();
    }

    /** Ends an active lock and returns it as it was. */
    Optional<SlotLock> end(UUID id, SlotLock.Status status) {
        return jdbc.sql("update slot_lock set status = ? where id = ? and status = 'ACTIVE' returning *")
                .params(status.name(), id)
                .query((row, n) -> lock(row))
                .optional();
    }

    /**
     * Ends the locks whose time is up and frees their slots, in one statement: any number of instances may sweep at once,
     * each taking rows that no other has in hand.
     */
    List<Expired> sweep(int most) {
        return jdbc.sql("""
                        with due as (
                            select id, lock_id from slot
                            where state = 'LOCKED' and locked_until <= now()
                            order by locked_until limit ? for update skip locked
                        ), freed as (
                            update slot
                            set state = case when unwanted then 'WITHDRAWN' else 'FREE' end, version = version + 1,
                                lock_id = null, locked_until = null
                            from due where slot.id = due.id
                            returning slot.id, slot.version, slot.state = 'FREE' as free, due.lock_id
                        )
                        update slot_lock set status = 'EXPIRED' from freed where slot_lock.id = freed.lock_id
                        returning slot_lock.*, freed.version as slot_version, freed.free as slot_free, clock_timestamp() as now""")
                .param(most)
                .query((row, n) -> new Expired(
                        lock(row),
                        row.getInt("slot_version"),
                        row.getBoolean("slot_free"),
                        Timestamps.instant(row, "now")))
                .list();
    }

    private static SlotLock lock(ResultSet row) throws SQLException {
        return new SlotLock(
                row.getObject("id", UUID.class),
                row.getObject("slot_id", UUID.class),
                row.getObject("doctor_id", UUID.class),
                row.getObject("patient_id", UUID.class),
                Mode.valueOf(row.getString("mode")),
                Timestamps.instant(row, "starts_at"),
                Timestamps.instant(row, "ends_at"),
                SlotLock.Status.valueOf(row.getString("status")),
                SlotLock.Reason.valueOf(row.getString("reason")),
                row.getBytes("code_digest"),
                row.getInt("attempts_remaining"),
                Timestamps.instant(row, "expires_at"));
    }

    /** A lock and the database's time at which it was read. */
    public record Read(SlotLock lock, Instant now) {}

    /** @param slotFree false when the slot's doctor no longer offers it */
    record Expired(SlotLock lock, int slotVersion, boolean slotFree, Instant at) {}
}
