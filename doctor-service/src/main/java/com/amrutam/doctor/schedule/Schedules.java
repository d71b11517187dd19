package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.schedule.Schedule.SpecialDay;
import com.amrutam.doctor.schedule.Schedule.Weekly;
import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The schedules of all doctors. They change only while their doctor is locked. */
@Repository
class Schedules {
    private final JdbcClient jdbc;

    Schedules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A schedule as it is kept.
     *
     * @param version rises by one with every change
     */
    record Kept(UUID doctorId, int version, Schedule schedule) {}

    Optional<Kept> find(UUID doctorId) {
        return jdbc.sql("select * from schedule where doctor_id = ?")
                .param(doctorId)
                .query((row, number) -> new Kept(
                        doctorId,
                        row.getInt("version"),
                        new Schedule(
                                ZoneId.of(row.getString("time_zone")),
                                weekly(doctorId),
                                exceptions(doctorId),
                                row.getInt("horizon_days"),
                                Duration.ofMinutes(row.getInt("minimum_notice_minutes")))))
                .optional();
    }

    void remove(UUID doctorId) {
        jdbc.sql("delete from schedule where doctor_id = ?").param(doctorId).update();
    }

    private List<Weekly> weekly(UUID doctorId) {
        return jdbc.sql("select * from weekly_hours where doctor_id = ? order by position")
                .param(doctorId)
                .query((row, number) -> new Weekly(DayOfWeek.valueOf(row.getString("day")), hours(row)))
                .list();
    }

    private List<SpecialDay> exceptions(UUID doctorId) {
        return jdbc.sql("select * from schedule_exception where doctor_id = ? order by position")
                .param(doctorId)
                .query((row, number) -> new SpecialDay(
                        row.getObject("date", LocalDate.class), row.getBoolean("closed") ? null : hours(row)))
                .list();
    }

    private static Hours hours(ResultSet row) throws SQLException {
        return new Hours(
                new WallTime(row.getInt("from_minute")),
                new WallTime(row.getInt("to_minute")),
                row.getInt("slot_minutes"),
                row.getInt("buffer_minutes"),
                Mode.of(row.getBoolean("online"), row.getBoolean("in_person")));
    }

    /**
     * Keeps a schedule in place of the doctor's former one.
     *
     * @param nextRoll when the horizon has to move on
     */
    void save(Kept kept, Instant nextRoll) {
        var schedule = kept.schedule();
        // The hours and exceptions of the former one go with it.
        jdbc.sql("delete from schedule where doctor_id = ?")
                .param(kept.doctorId())
                .update();
        jdbc.sql("""
                        insert into schedule (doctor_id, version, time_zone, horizon_days, minimum_notice_minutes,
                                              next_roll_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        kept.doctorId(),
                        kept.version(),
                        schedule.timeZone().getId(),
                        schedule.horizonDays(),
                        schedule.minimumNotice().toMinutes(),
                        Timestamps.toSql(nextRoll))
                .update();
        for (int position = 0; position < schedule.weekly().size(); position++) {
            insert(kept.doctorId(), position, schedule.weekly().get(position));
        }
        for (int position = 0; position < schedule.exceptions().size(); position++) {
            insert(kept.doctorId(), position, schedule.exceptions().get(position));
        }
    }

    private void insert(UUID doctorId, int position, Weekly weekly) {
        var hours = weekly.hours();
        jdbc.sql("""
                        insert into weekly_hours (doctor_id, position, day, from_minute, to_minute, slot_minutes,
                                                  buffer_minutes, online, in_person)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        doctorId,
                        position,
                        weekly.day().name(),
                        hours.from().minuteOfDay(),
                        hours.to().minuteOfDay(),
                        hours.slotMinutes(),
                        hours.bufferMinutes(),
                        hours.modes().contains(Mode.ONLINE),
                        hours.modes().contains(Mode.IN_PERSON))
                .update();
    }

    private void insert(UUID doctorId, int position, SpecialDay exception) {
        var hours = exception.hours();
        if (hours == null) {
            jdbc.sql("insert into schedule_exception (doctor_id, position, date, closed) values (?, ?, ?, true)")
                    .params(doctorId, position, exception.date())
                    .update();
            return;
        }
        jdbc.sql("""
                        insert into schedule_exception (doctor_id, position, date, closed, from_minute, to_minute,
                                                        slot_minutes, buffer_minutes, online, in_person)
                        values (?, ?, ?, false, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        doctorId,
                        position,
                        exception.date(),
                        hours.from().minuteOfDay(),
                        hours.to().minuteOfDay(),
                        hours.slotMinutes(),
                        hours.bufferMinutes(),
                        hours.modes().contains(Mode.ONLINE),
                        hours.modes().contains(Mode.IN_PERSON))
                .update();
    }

    /** The doctors whose horizon has to move on, longest due first. */
    List<UUID> due(Instant now, int limit) {
        return jdbc.sql("select doctor_id from schedule where next_roll_at <= ? order by next_roll_at limit ?")
                .params(Timestamps.toSql(now), limit)
                .query((row, number) -> row.getObject("doctor_id", UUID.class))
                .list();
    }

    /**
     * Takes a doctor whose horizon is due, by locking the doctor as every change does; false when another instance is
     * at it. Whether it is still due is looked up once the lock is there.
     */
    boolean claim(UUID doctorId, Instant now) {
        var locked = jdbc.sql("select id from doctor where id = ? for no key update skip locked")
                .param(doctorId)
                .query(UUID.class)
                .optional();
        return locked.isPresent()
                && jdbc.sql("select next_roll_at <= ? from schedule where doctor_id = ?")
                        .params(Timestamps.toSql(now), doctorId)
                        .query(Boolean.class)
                        .single();
    }

    void setNextRoll(UUID doctorId, Instant nextRoll) {
        jdbc.sql("update schedule set next_roll_at = ? where doctor_id = ?")
                .params(Timestamps.toSql(nextRoll), doctorId)
                .update();
    }
}
