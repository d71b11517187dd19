package com.amrutam.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:00:00Z, Asia/Kolkata, 2026-11-24T12:00:00Z",
        "2026-11-24T15:29:59Z, Asia/Kolkata, 2026-11-24T15:29:59Z",
        "2026-11-24T15:30:00Z, Asia/Kolkata, 2026-11-25T02:30:00Z",
        "2026-11-24T20:00:00Z, Asia/Kolkata, 2026-11-25T02:30:00Z",
        "2026-11-25T02:29:59Z, Asia/Kolkata, 2026-11-25T02:30:00Z",
        "2026-11-25T02:30:00Z, Asia/Kolkata, 2026-11-25T02:30:00Z",
        // The night the clocks go forward is an hour shorter.
        "2026-03-29T00:30:00Z, Europe/Berlin, 2026-03-29T06:00:00Z",
    })
    void what_can_wait_waits_for_the_morning_of_the_person(Instant now, ZoneId zone, Instant then) {
        assertThat(new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)).after(now, zone))
                .isEqualTo(then);
    }
}
