package com.amrutam.identity.erasure;

import com.amrutam.kit.data.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Who has to see whom yet, as heard from booking. */
@Repository
class AppointmentsAhead {
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    AppointmentsAhead(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes how an appointment stands, unless something later was heard of it. */
    void note(UUID id, int version, UUID patientId, UUID doctorId, Instant start, boolean stands) {
        jdbc.sql("""
                        insert into appointment_ahead (appointment_id, version, patient_id, doctor_id, starts_at, stands)
                        values (:id, :version, :patientId, :doctorId, :start, :stands)
                        on conflict (appointment_id) do update
                        set version = excluded.version, starts_at = excluded.starts_at, stands = excluded.stands
                        where appointment_ahead.version < excluded.version""")
                .param("id", id)
                .param("version", version)
                .param("patientId", patientId)
                .param("doctorId", doctorId)
                .param("start", Timestamps.toSql(start))
                .param("stands", stands)
                .update();
    }

    /** Waits for whoever has one of these, in the order in which {@link #forget} takes them. */
    void takeTurns(Collection<UUID> ids) {
        jdbc.sql("""
                        select appointment_id from appointment_ahead where appointment_id = any(?)
                        order by appointment_id for no key update""").param(ids.toArray(UUID[]::new)).query(UUID.class).list();
    }

    boolean has(UUID userId) {
        return jdbc.sql("""
                        select exists (select from appointment_ahead
                            where patient_id = :userId and stands and starts_at > :now)
                        or exists (select from appointment_ahead
                            where doctor_id = :userId and stands and starts_at > :now)""")
                .param("userId", userId)
                .param("now", Timestamps.toSql(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    void forget(UUID userId) {
        jdbc.sql("""
                        with theirs as materialized (
                            select appointment_id from appointment_ahead
                            where patient_id = :userId or doctor_id = :userId
                            order by appointment_id for update)
                        delete from appointment_ahead using theirs
                        where appointment_ahead.appointment_id = theirs.appointment_id""").param("userId", userId).update();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void dropPast() {
        jdbc.sql("delete from appointment_ahead where starts_at < :before")
                .param("before", Timestamps.toSql(clock.instant().minus(KEPT)))
                .update();
    }
}
