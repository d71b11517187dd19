package com.amrutam.booking.slot;

import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The inventory of slots. Each change is one statement whose condition is judged, and re-judged after a wait, by the
 * database on its own clock: of any number of rivals one changes the row, and the others see that it is changed.
 * Whoever needs the slot's lock row or appointment too takes the slot's row first, so that nobody waits in a circle.
 *
 * <p>One locked slot is told by its lock, not by its state: given the state, the planner takes the index of all locked
 * slots, which was empty when statistics were made, and reads it through (7.5 ms where the key takes 0.1).
 */
@Repository
public class Slots {
    private static final String COLUMNS = "id, doctor_id, starts_at, ends_at, modes, "
            + "extract(epoch from minimum_notice)::bigint as minimum_notice_seconds";

    private final JdbcClient jdbc;

    Slots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes a slot into the inventory as FREE. One that is known already stays as it is.
     *
     * @return false when the doctor has another slot at that time, and this one was left out
     */
    boolean add(Slot slot) {
        // Without a conflict target, "do nothing" covers the exclusion constraint as well as the primary key.
        var added = jdbc.sql("""
                        insert into slot (id, doctor_id, starts_at, ends_at, modes, minimum_notice)
                        values (:id, :doctorId, :start, :end, :modes, make_interval(secs => :notice))
                        on conflict do nothing""")
                .param("id", slot.id())
                .param("doctorId", slot.doctorId())
                .param("start", Timestamps.toSql(slot.start()))
                .param("end", Timestamps.toSql(slot.end()))
                .param("modes", slot.modes().stream().map(Mode::name).toArray(String[]::new))
                .param("notice", slot.minimumNotice().toSeconds())
                .update();
        return added == 1 || find(slot.id()).isPresent();
    }

    /**
     * FREE → WITHDRAWN, for those of the slots that are free. The others stay with whoever has them and are withdrawn
     * once they are given back.
     *
     * @return how many were withdrawn at once
     */
    int withdraw(List<UUID> slotIds) {
        jdbc.sql("""
                        update slot set unwanted = true
                        where id in (select id from slot where id = any(:ids) order by id for update)
                          and state in ('LOCKED', 'BOOKED')""").param("ids", slotIds.toArray(UUID[]::new)).update();
        return jdbc.sql("""
                        update slot set state = 'WITHDRAWN', version = version + 1
                        where id = any(:ids) and state = 'FREE'""").param("ids", slotIds.toArray(UUID[]::new)).update();
    }

    public Optional<Slot> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from slot where id = ?")
                .param(id)
                .query((row, n) -> slot(row))
                .optional();
    }

    /** A doctor's next free slots from a moment on, those of one mode if one is given. */
    public List<Slot> nextFree(UUID doctorId, Instant from, @Nullable Mode mode, int count) {
        return jdbc.sql("select " + COLUMNS + """
                         from slot
                        where doctor_id = :doctorId and state = 'FREE' and starts_at >= :from
                          and starts_at >= clock_timestamp() + minimum_notice
                          and (cast(:mode as text) is null or :mode = any(modes))
                        order by starts_at limit :count""")
                .param("doctorId", doctorId)
                .param("from", Timestamps.toSql(from))
                .param("mode", mode == null ? null : mode.name())
                .param("count", count)
                .query((row, n) -> slot(row))
                .list();
    }

    /**
     * FREE → LOCKED, or takes over a lock that has expired. One compare-and-set: of all who try at once one gets the
     * slot, and a lock that has not ended is never lost to another.
     */
    public Optional<Held> hold(UUID slotId, UUID lockId, Duration length) {
        return jdbc.sql("""
                        update slot
                        set state = 'LOCKED', lock_id = :lockId, locked_until = clock_timestamp() + make_interval(secs => :length),
                            version = version + case state when 'LOCKED' then 2 else 1 end
                        where id = :id and (state = 'FREE' or (state = 'LOCKED' and locked_until <= clock_timestamp()))
                        returning new.version, new.locked_until, old.lock_id as previous_lock_id, clock_timestamp() as now""")
                .param("id", slotId)
                .param("lockId", lockId)
                .param("length", length.toSeconds())
                .query((row, n) -> new Held(
                        row.getInt("version"),
                        Timestamps.instant(row, "now"),
                        Timestamps.instant(row, "locked_until"),
                        row.getObject("previous_lock_id", UUID.class)))
                .optional();
    }

    /** Takes the row of the slot that a lock is about, before anything else is decided on either. */
    public boolean takeRowOfLock(UUID lockId) {
        return jdbc.sql("""
                        select 1 from slot where id = (select slot_id from slot_lock where id = ?) for update""").param(lockId).query(Integer.class).optional().isPresent();
    }

    /** Takes the row of the slot that an appointment is in, before anything else is decided on either. */
    public boolean takeRowOfAppointment(UUID appointmentId) {
        return jdbc.sql("""
                        select 1 from slot where id = (select slot_id from appointment where id = ?) for update""")
                .param(appointmentId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** LOCKED → BOOKED, if this lock still holds the slot and has not expired: the one place where that is decided. */
    public Optional<Integer> book(UUID slotId, UUID lockId, UUID appointmentId) {
        return jdbc.sql("""
                        update slot
                        set state = 'BOOKED', version = version + 1, lock_id = null, locked_until = null, appointment_id = :appointmentId
                        where id = :id and lock_id = :lockId and locked_until > clock_timestamp()
                        returning version""")
                .param("id", slotId)
                .param("lockId", lockId)
                .param("appointmentId", appointmentId)
                .query(Integer.class)
                .optional();
    }

    /** FREE → BOOKED for an appointment that moves here. The caller has the slot's row. */
    public Optional<Integer> moveIn(UUID slotId, UUID appointmentId) {
        return jdbc.sql("""
                        update slot set state = 'BOOKED', version = version + 1, appointment_id = :appointmentId
                        where id = :id and state = 'FREE'
                        returning version""")
                .param("id", slotId)
                .param("appointmentId", appointmentId)
                .query(Integer.class)
                .optional();
    }

    /** Gives a slot back that this lock holds. */
    public Optional<GivenBack> release(UUID slotId, UUID lockId) {
        return jdbc.sql("""
                        update slot
                        set state = case when unwanted then 'WITHDRAWN' else 'FREE' end, version = version + 1,
                            lock_id = null, locked_until = null
                        where id = :id and lock_id = :lockId
                        returning id, version, state = 'FREE' as free""")
                .param("id", slotId)
                .param("lockId", lockId)
                .query(GivenBack.class)
                .optional();
    }

    /** Gives a slot back that this appointment holds. */
    public Optional<GivenBack> free(UUID slotId, UUID appointmentId) {
        return jdbc.sql("""
                        update slot
                        set state = case when unwanted then 'WITHDRAWN' else 'FREE' end, version = version + 1,
                            appointment_id = null
                        where id = :id and state = 'BOOKED' and appointment_id = :appointmentId
                        returning id, version, state = 'FREE' as free""")
                .param("id", slotId)
                .param("appointmentId", appointmentId)
                .query(GivenBack.class)
                .optional();
    }

    /** Takes the rows of several slots, in one order for everybody. */
    public void takeRows(UUID... slotIds) {
        jdbc.sql("select 1 from slot where id = any(:ids) order by id for update")
                .param("ids", slotIds)
                .query(Integer.class)
                .list();
    }

    /** Gives a slot back whose lock has expired; the caller has its row. */
    public Optional<Expired> freeExpired(UUID slotId) {
        return jdbc.sql("""
                        update slot
                        set state = case when unwanted then 'WITHDRAWN' else 'FREE' end, version = version + 1,
                            lock_id = null, locked_until = null
                        where id = :id and locked_until <= clock_timestamp()
                        returning new.version, new.state = 'FREE' as free, old.lock_id as lock_id, clock_timestamp() as now""")
                .param("id", slotId)
                .query((row, n) -> new Expired(
                        row.getInt("version"),
                        row.getBoolean("free"),
                        row.getObject("lock_id", UUID.class),
                        Timestamps.instant(row, "now")))
                .optional();
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(
                row.getObject("id", UUID.class),
                row.getObject("doctor_id", UUID.class),
                Timestamps.instant(row, "starts_at"),
                Timestamps.instant(row, "ends_at"),
                modes((String[]) row.getArray("modes").getArray()),
                Duration.ofSeconds(row.getLong("minimum_notice_seconds")));
    }

    private static Set<Mode> modes(String[] names) {
        return Arrays.stream(names)
                .map(Mode::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Mode.class)));
    }

    /**
     * A slot was given back.
     *
     * @param version the slot's version after that
     * @param free false when its doctor no longer offers it
     */
    public record GivenBack(UUID id, int version, boolean free) {}

    /**
     * A slot was given back because its lock had expired.
     *
     * @param at the database's time of it
     */
    public record Expired(int version, boolean free, UUID lockId, Instant at) {}

    /**
     * A slot was held.
     *
     * @param version the slot's version after that
     * @param at the database's time of it
     * @param until when the hold ends
     * @param expiredLockId the lock that had expired and was taken over; absent when the slot was free
     */
    public record Held(
            int version,
            Instant at,
            Instant until,
            @Nullable UUID expiredLockId) {}
}
