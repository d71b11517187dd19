package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.kit.codes.CodeCipher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What the dashboards count. */
class MetricsTest extends BookingScene {
    private final MeterRegistry metrics;

    @Autowired
    MetricsTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks, MeterRegistry metrics) {
        super(cipher, jdbc, tasks);
        this.metrics = metrics;
    }

    @Test
    void a_lock_counts_by_the_way_it_ends() {
        var released = count("amrutam.locks.ended", "ending", "RELEASED");
        var expired = count("amrutam.locks.ended", "ending", "EXPIRED");
        var lock = lock(asha, givenSlots(1).getFirst());

        assertThat(patient(asha).delete("/slot-locks/" + lock.id()).status()).isEqualTo(204);

        assertThat(count("amrutam.locks.ended", "ending", "RELEASED")).isEqualTo(released + 1);
        assertThat(count("amrutam.locks.ended", "ending", "EXPIRED")).isEqualTo(expired);
    }

    @Test
    void a_refusal_counts_by_its_code() {
        var slot = givenSlots(1).getFirst();
        lock(asha, slot);
        var before = count("amrutam.refusals", "code", "slot-taken");

        assertThat(lock(vivek, slot).status()).isEqualTo(409);

        assertThat(count("amrutam.refusals", "code", "slot-taken")).isEqualTo(before + 1);
    }

    @Test
    void a_reminder_is_timed_from_the_moment_it_was_due() {
        var delays = metrics.get("amrutam.reminder.delay").timer();
        var booked = givenBooked(asha, givenSlots(1).getFirst());
        letStart(booked.id(), Instant.now().plus(Duration.ofHours(23)));
        long before = delays.count();

        sweep("reminder");

        assertThat(delays.count()).isEqualTo(before + 1);
        assertThat(delays.max(TimeUnit.MINUTES)).isGreaterThanOrEqualTo(59);
    }

    @Test
    void those_who_wait_in_line_are_counted() {
        givenProfile("Dr. Asha Nair", 1);
        sweep("waitlist");
        var before = metrics.get("amrutam.waitlist.waiting").gauge().value();
        var from = Instant.now().plus(Duration.ofDays(1));
        assertThat(patient(vivek)
                        .post(
                                "/waitlist",
                                "{\"doctorId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
                                        .formatted(doctor, from, from.plus(Duration.ofDays(1))))
                        .status())
                .isEqualTo(201);

        sweep("waitlist");

        assertThat(metrics.get("amrutam.waitlist.waiting").gauge().value()).isEqualTo(before + 1);
    }

    private double count(String name, String tag, String value) {
        var counter = metrics.find(name).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }
}
