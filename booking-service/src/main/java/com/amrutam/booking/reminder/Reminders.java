package com.amrutam.booking.reminder;

import com.amrutam.booking.slot.Mode;
import com.amrutam.kit.data.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which reminders went out. */
@Repository
class Reminders {
    private final JdbcClient jdbc;

    Reminders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the reminders that are due and records them, in one statement: any number of instances may ask at once, and
     * the reminders' key gives each to one. An offset that was past when the appointment got its time is not for it.
     *
     * <p>The time is {@code now()}, that of the transaction: with {@code clock_timestamp()}, which Postgres takes to change from
     * row to row, no index can be asked for a range, and all appointments ahead are read.
     */
    List<Due> takeDue(Collection<Duration> offsets, int most) {
        return jdbc.sql("""
                        with due as (
                            select a.id, a.version, a.doctor_id, a.patient_id, a.mode, a.starts_at, o.minutes,
                                   a.starts_at - make_interval(mins => o.minutes) as due_at
                            from appointment a cross join unnest(:offsets) as o (minutes)
                            where a.status = 'BOOKED' and a.starts_at > now()
                              and a.starts_at <= now() + make_interval(mins => :longest)
                              and a.starts_at - make_interval(mins => o.minutes) <= now()
                              and a.starts_at - make_interval(mins => o.minutes) > a.scheduled_at
                              and not exists (select from reminder r
                                              where r.appointment_id = a.id and r.appointment_version = a.version
                                                and r.offset_minutes = o.minutes)
                            order by due_at limit :most
                            for no key update of a skip locked
                        ), taken as (
                            insert into reminder (appointment_id, appointment_version, offset_minutes, due_at)
                            select id, version, minutes, due_at from due
                            on conflict do nothing
                            returning appointment_id, offset_minutes
                        )
                        select due.* from due
                        join taken on taken.appointment_id = due.id and taken.offset_minutes = due.minutes
                        order by due.due_at""")
                .param(
                        "offsets",
                        offsets.stream().map(offset -> (int) offset.toMinutes()).toArray(Integer[]::new))
                .param(
                        "longest",
                        offsets.stream()
                                .mapToInt(offset -> (int) offset.toMinutes())
                                .max()
                                .orElse(0))
                .param("most", most)
                .query((row, n) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getInt("version"),
                        row.getObject("doctor_id", UUID.class),
                        row.getObject("patient_id", UUID.class),
                        Mode.valueOf(row.getString("mode")),
                        Timestamps.instant(row, "starts_at"),
                        row.getInt("minutes"),
                        Timestamps.instant(row, "due_at")))
                .list();
    }

    /** A reminder that is due and was not taken before. */
    record Due(
            UUID appointmentId,
            int appointmentVersion,
            UUID doctorId,
            UUID patientId,
            Mode mode,
            Instant start,
            int offsetMinutes,
            Instant dueAt) {}
}
