package com.amrutam.booking.waitlist;

import com.amrutam.booking.slot.Mode;
import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The lines, one per doctor, in the order people joined. */
@Repository
class Waitlist {
    /** What became of an offer is the state of its lock; one that nobody has swept yet is over all the same. */
    private static final String SELECT = """
            select e.id, e.patient_id, e.doctor_id, e.mode, e.from_at, e.to_at, e.slot_lock_id,
                   case when e.status <> 'OFFERED' then e.status
                        when l.status = 'CONFIRMED' then 'CONFIRMED'
                        when l.status = 'RELEASED' and l.attempts_remaining > 0 then 'LEFT'
                        when l.status = 'ACTIVE' and l.expires_at > clock_timestamp() then 'OFFERED'
                        else 'EXPIRED' end as status
            from waitlist_entry e left join slot_lock l on l.id = e.slot_lock_id
            """;

    /** An entry and a slot that suits it: the patient is not busy then, and not holding another slot at that time. */
    private static final String SUITS = """
            e.status = 'WAITING' and s.state = 'FREE' and not s.unwanted and s.doctor_id = e.doctor_id
            and s.starts_at >= e.from_at and s.ends_at <= e.to_at
            and s.starts_at >= clock_timestamp() + s.minimum_notice
            and (e.mode is null or e.mode = any(s.modes))
            and not exists (select from appointment a
                            where a.patient_id = e.patient_id and a.status = 'BOOKED'
                              and tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at))
            and not exists (select from slot_lock l
                            where l.patient_id = e.patient_id and l.status = 'ACTIVE'
                              and tstzrange(l.starts_at, l.ends_at) && tstzrange(s.starts_at, s.ends_at))
            """;

    private final JdbcClient jdbc;

    Waitlist(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean knowsDoctor(UUID doctorId) {
        return jdbc.sql("select exists (select from doctor where doctor_id = ?)")
                .param(doctorId)
                .query(Boolean.class)
                .single();
    }

    /** False when the patient stands in that line for a time that overlaps. */
    boolean add(WaitlistEntry entry) {
        return jdbc.sql("""
                        insert into waitlist_entry (id, patient_id, doctor_id, mode, from_at, to_at, joined_at)
                        values (:id, :patientId, :doctorId, :mode, :from, :to, clock_timestamp())
                        on conflict do nothing""")
                        .param("id", entry.id())
                        .param("patientId", entry.patientId())
                        .param("doctorId", entry.doctorId())
                        .param(
                                "mode",
                                entry.mode() == null ? null : entry.mode().name())
                        .param("from", Timestamps.toSql(entry.from()))
                        .param("to", Timestamps.toSql(entry.to()))
                        .update()
                == 1;
    }

    long waiting() {
        return jdbc.sql("select count(*) from waitlist_entry where status = 'WAITING'")
                .query(Long.class)
                .single();
    }

    int waitingOf(UUID patientId) {
        return jdbc.sql("select count(*) from waitlist_entry where patient_id = ? and status = 'WAITING'")
                .param(patientId)
                .query(Integer.class)
                .single();
    }

    Optional<WaitlistEntry> find(UUID id, UUID patientId) {
        return jdbc.sql(SELECT + "where e.id = ? and e.patient_id = ?")
                .params(id, patientId)
                .query((row, n) -> entry(row))
                .optional();
    }

    /** A patient's entries, the latest first; one more than asked for when there are more. */
    List<WaitlistEntry> list(UUID patientId, int limit, @Nullable UUID after) {
        return jdbc.sql(SELECT + """
                        where e.patient_id = :patientId and (cast(:after as uuid) is null or e.id < :after)
                        order by e.id desc limit :limit""")
                .param("patientId", patientId)
                .param("after", after)
                .param("limit", limit + 1)
                .query((row, n) -> entry(row))
                .list();
    }

    /** Ends a patient's waiting; false when it was not waiting any more. */
    boolean leave(UUID id, UUID patientId) {
        return jdbc.sql("""
                        update waitlist_entry set status = 'LEFT' where id = ? and patient_id = ? and status = 'WAITING'""").params(id, patientId).update() == 1;
    }

    /** Forgets a patient. */
    void remove(UUID patientId) {
        jdbc.sql("delete from waitlist_entry where patient_id = ?")
                .param(patientId)
                .update();
    }

    /** The first in line whom a free slot suits; those in other hands at this moment are passed over. */
    Optional<Waiting> firstFor(UUID slotId) {
        return jdbc.sql("""
                        select e.id, e.patient_id, e.mode from waitlist_entry e join slot s on s.id = ? and
                        """ + SUITS + """
                        order by e.joined_at, e.id limit 1 for update of e skip locked""")
                .param(slotId)
                .query((row, n) -> new Waiting(
                        row.getObject("id", UUID.class), row.getObject("patient_id", UUID.class), mode(row)))
                .optional();
    }

    /** A free slot that suits somebody who waits, its row in this transaction's hands. */
    Optional<UUID> nextWanted() {
        return jdbc.sql("select s.id from waitlist_entry e join slot s on " + SUITS + """
                        order by e.joined_at, e.id, s.starts_at limit 1 for update of s skip locked""")
                .query(UUID.class)
                .optional();
    }

    void offered(UUID id, UUID slotLockId) {
        jdbc.sql("update waitlist_entry set status = 'OFFERED', slot_lock_id = ? where id = ?")
                .params(slotLockId, id)
                .update();
    }

    private static WaitlistEntry entry(ResultSet row) throws SQLException {
        return new WaitlistEntry(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                row.getObject("doctor_id", UUID.class),
                mode(row),
                Timestamps.instant(row, "from_at"),
                Timestamps.instant(row, "to_at"),
                WaitlistEntry.Status.valueOf(row.getString("status")),
                row.getObject("slot_lock_id", UUID.class));
    }

    private static @Nullable Mode mode(ResultSet row) throws SQLException {
        var mode = row.getString("mode");
        return mode == null ? null : Mode.valueOf(mode);
    }

    /** @param mode the mode wanted; absent when any will do */
    record Waiting(UUID id, UUID patientId, @Nullable Mode mode) {}
}
