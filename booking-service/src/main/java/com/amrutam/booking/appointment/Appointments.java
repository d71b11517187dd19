package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Cancellation;
import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.appointment.Appointment.Status;
import com.amrutam.booking.slot.Mode;
import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The appointments. */
@Repository
class Appointments {
    private static final String SELECT = """
            select a.*, d.name as doctor_name, clock_timestamp() as now
            from appointment a left join doctor d on d.doctor_id = a.doctor_id
            """;

    private final JdbcClient jdbc;

    Appointments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An appointment and the database's time. */
    Optional<Read> find(UUID id) {
        return jdbc.sql(SELECT + "where a.id = ?")
                .param(id)
                .query((row, n) -> new Read(appointment(row), Timestamps.instant(row, "now")))
                .optional();
    }

    void add(Appointment appointment) {
        jdbc.sql("""
                        insert into appointment (id, version, status, slot_id, slot_lock_id, doctor_id, patient_id, mode,
                                                 starts_at, ends_at, reason, booked_at, scheduled_at)
                        values (:id, :version, :status, :slotId, :slotLockId, :doctorId, :patientId, :mode,
                                :start, :end, :reason, :bookedAt, :scheduledAt)""")
                .param("id", appointment.id())
                .param("version", appointment.version())
                .param("status", appointment.status().name())
                .param("slotId", appointment.slotId())
                .param("slotLockId", appointment.slotLockId())
                .param("doctorId", appointment.doctorId())
                .param("patientId", appointment.patientId())
                .param("mode", appointment.mode().name())
                .param("start", Timestamps.toSql(appointment.start()))
                .param("end", Timestamps.toSql(appointment.end()))
                .param("reason", appointment.reason())
                .param("bookedAt", Timestamps.toSql(appointment.bookedAt()))
                .param("scheduledAt", Timestamps.toSql(appointment.scheduledAt()))
                .update();
    }

    void cancelled(Appointment appointment) {
        var cancellation = Objects.requireNonNull(appointment.cancellation());
        jdbc.sql("""
                        update appointment set version = :version, status = 'CANCELLED', cancelled_by = :by,
                               cancellation_reason = :why, cancelled_at = :at
                        where id = :id""")
                .param("id", appointment.id())
                .param("version", appointment.version())
                .param("by", cancellation.by().name())
                .param("why", cancellation.reason())
                .param("at", Timestamps.toSql(cancellation.at()))
                .update();
    }

    void moved(Appointment appointment) {
        jdbc.sql("""
                        update appointment set version = :version, slot_id = :slotId, starts_at = :start, ends_at = :end,
                               scheduled_at = :scheduledAt, reschedule_count = :rescheduleCount
                        where id = :id""")
                .param("id", appointment.id())
                .param("version", appointment.version())
                .param("slotId", appointment.slotId())
                .param("start", Timestamps.toSql(appointment.start()))
                .param("end", Timestamps.toSql(appointment.end()))
                .param("scheduledAt", Timestamps.toSql(appointment.scheduledAt()))
                .param("rescheduleCount", appointment.rescheduleCount())
                .update();
    }

    void completed(Appointment appointment) {
        jdbc.sql("update appointment set version = ?, status = ? where id = ?")
                .params(appointment.version(), appointment.status().name(), appointment.id())
                .update();
    }

    /** The appointments a patient has ahead, in the order of their slots' ids. */
    List<Appointment> upcoming(UUID patientId) {
        return jdbc.sql(SELECT + """
                        where a.patient_id = ? and a.status = 'BOOKED' and a.starts_at > clock_timestamp()
                        order by a.slot_id""")
                .param(patientId)
                .query((row, n) -> appointment(row))
                .list();
    }

    /** Removes what a patient wrote. */
    void forgetWords(UUID patientId) {
        jdbc.sql("""
                        update appointment set reason = null,
                               cancellation_reason = case when cancellation_reason is not null then '' end
                        where patient_id = ? and (reason is not null or cancellation_reason <> '')""").param(patientId).update();
    }

    /** A list, latest start first; one more than asked for when there are more. */
    List<Appointment> list(Criteria criteria, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        if (criteria.patientId() != null) {
            conditions.add("a.patient_id = :patientId");
            values.put("patientId", criteria.patientId());
        }
        if (criteria.doctorId() != null) {
            conditions.add("a.doctor_id = :doctorId");
            values.put("doctorId", criteria.doctorId());
        }
        if (criteria.status() != null) {
            conditions.add("a.status = :status");
            values.put("status", criteria.status().name());
        }
        if (criteria.from() != null) {
            conditions.add("a.starts_at >= :from");
            values.put("from", Timestamps.toSql(criteria.from()));
        }
        if (criteria.to() != null) {
            conditions.add("a.starts_at < :to");
            values.put("to", Timestamps.toSql(criteria.to()));
        }
        if (criteria.after() != null) {
            conditions.add("(a.starts_at, a.id) < (:afterStart, :afterId)");
            values.put("afterStart", Timestamps.toSql(criteria.after().start()));
            values.put("afterId", criteria.after().id());
        }
        var where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return jdbc.sql(SELECT + where + " order by a.starts_at desc, a.id desc limit :limit")
                .params(values)
                .param("limit", limit + 1)
                .query((row, n) -> appointment(row))
                .list();
    }

    private static Appointment appointment(ResultSet row) throws SQLException {
        var cancelledAt = Timestamps.instantOrNull(row, "cancelled_at");
        return new Appointment(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                Status.valueOf(row.getString("status")),
                row.getObject("slot_id", UUID.class),
                row.getObject("slot_lock_id", UUID.class),
                row.getObject("doctor_id", UUID.class),
                row.getString("doctor_name"),
                row.getObject("patient_id", UUID.class),
                Mode.valueOf(row.getString("mode")),
                Timestamps.instant(row, "starts_at"),
                Timestamps.instant(row, "ends_at"),
                row.getString("reason"),
                Timestamps.instant(row, "booked_at"),
                Timestamps.instant(row, "scheduled_at"),
                row.getInt("reschedule_count"),
                cancelledAt == null
                        ? null
                        : new Cancellation(
                                Party.valueOf(row.getString("cancelled_by")),
                                row.getString("cancellation_reason"),
                                cancelledAt));
    }

    /** An appointment and the database's time at which it was read. */
    record Read(Appointment appointment, Instant now) {}

    /**
     * Which appointments are wanted.
     *
     * @param from earliest start, inclusive
     * @param to latest start, exclusive
     * @param after where the previous page ended
     */
    record Criteria(
            @Nullable UUID patientId,
            @Nullable UUID doctorId,
            @Nullable Status status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Position after) {}

    record Position(Instant start, UUID id) {}
}
