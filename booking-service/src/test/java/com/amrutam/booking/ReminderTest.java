package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.kit.codes.CodeCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** Each reminder once, for the time the appointment has now. */
class ReminderTest extends BookingScene {
    private static final int DAY = 1440;
    private static final int HOUR = 60;

    @Autowired
    ReminderTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        super(cipher, jdbc, tasks);
    }

    @Test
    void a_patient_is_reminded_a_day_and_an_hour_before_once_each() {
        var booked = givenBooked(asha, givenSlots(1).getFirst());
        assertThat(recorded(booked.id())).isEmpty();

        letStart(booked.id(), Instant.now().plus(Duration.ofHours(23)));
        sweep();
        var first = remindedOf(booked.id(), DAY);
        assertThat(first.getAppointmentVersion()).isOne();
        assertThat(first.getPatientId()).isEqualTo(asha);
        sweep();
        letStart(booked.id(), Instant.now().plus(Duration.ofMinutes(59)));
        sweep();
        remindedOf(booked.id(), HOUR);

        sweep();
        assertThat(probe.seen(ReminderDue.class))
                .filteredOn(one -> one.getAppointmentId().equals(booked.id()))
                .extracting(ReminderDue::getOffsetMinutes)
                .containsExactly(DAY, HOUR);
    }

    @Test
    void no_reminder_is_due_for_an_offset_that_was_past_when_it_was_booked() {
        var soon = givenSlot(Instant.now().plus(Duration.ofHours(3)), Mode.ONLINE);
        var booked = givenBooked(asha, soon);

        sweep();

        assertThat(recorded(booked.id())).isEmpty();
    }

    @Test
    void a_cancelled_appointment_is_not_recalled_and_a_moved_one_anew() {
        var slots = givenSlots(3);
        var cancelled = givenBooked(asha, slots.get(0));
        cancel(asha, cancelled.id());
        letStart(cancelled.id(), Instant.now().plus(Duration.ofHours(20)));
        var moved = givenBooked(vivek, slots.get(1));
        letStart(moved.id(), Instant.now().plus(Duration.ofHours(23)));
        sweep();
        remindedOf(moved.id(), DAY);

        letStart(moved.id(), Instant.now().plus(Duration.ofDays(2)));
        reschedule(vivek, moved.id(), slots.get(2));
        letStart(moved.id(), Instant.now().plus(Duration.ofHours(22)));
        sweep();

        assertThat(recorded(moved.id())).containsExactly("1 " + DAY, "2 " + DAY);
        assertThat(recorded(cancelled.id())).isEmpty();
    }

    private ReminderDue remindedOf(UUID appointment, int offset) {
        return probe.await(
                ReminderDue.class,
                one -> one.getAppointmentId().equals(appointment) && one.getOffsetMinutes() == offset);
    }

    private List<String> recorded(UUID appointment) {
        return jdbc.sql("""
                        select appointment_version || ' ' || offset_minutes from reminder where appointment_id = ?
                        order by 1""")
                .param(appointment)
                .query((row, n) -> row.getString(1))
                .list();
    }
}
