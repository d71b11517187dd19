package com.amrutam.booking.lock;

import com.amrutam.kit.data.Timestamps;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Patients, as booking decides on them: one decision at a time, and nobody in two places at once. */
@Repository
public class Patients {
    private final JdbcClient jdbc;

    Patients(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets one transaction at a time decide on a patient's holds and appointments: "two at once" and "no overlap" are
     * about several rows, which no single row's lock protects. Taken before any slot's row.
     */
    public void take(UUID patientId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("patient " + patientId)
                .query((row, n) -> 1)
                .single();
    }

    /**
     * True when the patient has an appointment in this interval. Asked in words of the exclusion constraint that would
     * refuse the booking, and answered by its index.
     */
    public boolean isBusy(UUID patientId, Instant start, Instant end) {
        return isBusy(patientId, start, end, null);
    }

    /** @param except an appointment that does not count, since it is about to move */
    public boolean isBusy(UUID patientId, Instant start, Instant end, @Nullable UUID except) {
        return jdbc.sql("""
                        select exists (select from appointment where patient_id = :patientId and status = 'BOOKED'
                                       and tstzrange(starts_at, ends_at) && tstzrange(:start, :end)
                                       and (cast(:except as uuid) is null or id <> :except))""")
                .param("patientId", patientId)
                .param("start", Timestamps.toSql(start))
                .param("end", Timestamps.toSql(end))
                .param("except", except)
                .query(Boolean.class)
                .single();
    }

    /**
     * What a patient has ahead when they ask for a slot.
     *
     * @param locks slots they hold
     * @param appointments appointments to come
     * @param busy whether one of these is in the slot's time, see {@link #isBusy}
     */
    record Plans(int locks, int appointments, boolean busy) {}

    /** In one statement: each would keep the patient, and a connection, for a round trip more. */
    Plans plans(UUID patientId, Instant start, Instant end) {
        return jdbc.sql("""
                        select (select count(*) from slot_lock
                                where patient_id = :patientId and status = 'ACTIVE' and expires_at > clock_timestamp())
                                   as locks,
                               (select count(*) from appointment
                                where patient_id = :patientId and status = 'BOOKED' and starts_at > clock_timestamp())
                                   as appointments,
                               exists (select from appointment
                                       where patient_id = :patientId and status = 'BOOKED'
                                         and tstzrange(starts_at, ends_at) && tstzrange(:start, :end)) as busy""")
                .param("patientId", patientId)
                .param("start", Timestamps.toSql(start))
                .param("end", Timestamps.toSql(end))
                .query((row, n) -> new Plans(row.getInt("locks"), row.getInt("appointments"), row.getBoolean("busy")))
                .single();
    }

    /** Takes a patient as {@link #take} does, but only if nobody else has them now. */
    public boolean tryTake(UUID patientId) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param("patient " + patientId)
                .query(Boolean.class)
                .single();
    }
}
