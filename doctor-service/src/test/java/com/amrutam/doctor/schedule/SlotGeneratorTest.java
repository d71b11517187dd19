package com.amrutam.doctor.schedule;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.schedule.Schedule.SpecialDay;
import com.amrutam.doctor.schedule.Schedule.Weekly;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotGeneratorTest {
    private static final Set<Mode> ONLINE = Set.of(Mode.ONLINE);

    @Test
    void hours_are_cut_into_slots_with_buffers_and_a_slot_that_would_end_later_is_not_offered() {
        var schedule = weekly("Asia/Kolkata", 7, MONDAY, hours("09:00", "11:10", 30, 10));

        var slots = SlotGenerator.generate(schedule, at("2026-11-22T00:00:00Z"));

        assertThat(slots)
                .extracting(slot -> slot.start() + "/" + slot.end())
                .containsExactly(
                        "2026-11-23T03:30:00Z/2026-11-23T04:00:00Z",
                        "2026-11-23T04:10:00Z/2026-11-23T04:40:00Z",
                        "2026-11-23T04:50:00Z/2026-11-23T05:20:00Z");
    }

    @Test
    void the_last_slot_may_end_at_midnight() {
        var schedule = weekly("Asia/Kolkata", 7, MONDAY, hours("23:00", "24:00", 30, 0));

        var slots = SlotGenerator.generate(schedule, at("2026-11-22T00:00:00Z"));

        assertThat(slots)
                .extracting(slot -> slot.end().toString())
                .containsExactly("2026-11-23T18:00:00Z", "2026-11-23T18:30:00Z");
    }

    /** Berlin and New York, both changes of 2026; the wall clock beside the slots is what its owner sees. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # put forward from 02:00 to 03:00: what would begin at 02:00 and 02:30 does not exist
            Europe/Berlin    | 2026-03-29 | 01:00 | 04:00 | 30 | 00:00Z 00:30Z 01:00Z 01:30Z
            America/New_York | 2026-03-08 | 01:00 | 04:00 | 30 | 06:00Z 06:30Z 07:00Z 07:30Z
            # 01:45 would last until 02:30, which does not exist
            Europe/Berlin    | 2026-03-29 | 00:15 | 04:15 | 45 | 23:15Z 00:00Z 01:15Z
            # 01:15 to 02:00 ends where the clock jumps, and stands
            Europe/Berlin    | 2026-03-29 | 00:30 | 04:30 | 45 | 23:30Z 00:15Z 01:30Z
            # put back from 03:00 to 02:00: 02:00 and 02:30 come twice and are offered the first time
            Europe/Berlin    | 2026-10-25 | 01:00 | 04:00 | 30 | 23:00Z 23:30Z 00:00Z 00:30Z 02:00Z 02:30Z
            America/New_York | 2026-11-01 | 00:00 | 03:00 | 30 | 04:00Z 04:30Z 05:00Z 05:30Z 07:00Z 07:30Z
            # a clock that is never touched
            Asia/Kolkata     | 2026-03-29 | 01:00 | 03:00 | 30 | 19:30Z 20:00Z 20:30Z 21:00Z
            # half an hour forward
            Australia/Lord_Howe | 2026-10-04 | 01:30 | 03:00 | 30 | 15:00Z 15:30Z
            # midnight itself does not exist
            Africa/Cairo     | 2026-04-24 | 00:00 | 02:00 | 30 | 22:00Z 22:30Z
            """)
    void a_change_of_the_clock_neither_invents_slots_nor_doubles_them(
            String zone, LocalDate date, String from, String to, int minutes, String expected) {
        var schedule = weekly(zone, 10, date.getDayOfWeek(), hours(from, to, minutes, 0));
        var midnightBefore = date.atStartOfDay(ZoneId.of(zone)).toInstant().minusSeconds(1);

        var slots = SlotGenerator.generate(schedule, midnightBefore.minusSeconds(3600));

        var starts = slots.stream()
                .filter(slot ->
                        LocalDate.ofInstant(slot.start(), ZoneId.of(zone)).equals(date))
                .map(slot -> slot.start().toString().substring(11, 16) + "Z")
                .toList();
        assertThat(starts).containsExactly(expected.split(" "));
        assertThat(slots)
                .allSatisfy(slot ->
                        assertThat(Duration.between(slot.start(), slot.end())).isEqualTo(Duration.ofMinutes(minutes)));
    }

    @Test
    void a_buffer_is_kept_although_the_clock_swallows_it() {
        var schedule = weekly("Europe/Berlin", 7, SUNDAY, hours("01:00", "06:00", 60, 60));

        var slots = SlotGenerator.generate(schedule, at("2026-03-28T12:00:00Z"));

        // 01:00 to 02:00 is followed at once by 03:00, so the slot at 03:00 would leave no pause.
        assertThat(slots)
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z");
    }

    @Test
    void an_exception_takes_the_place_of_the_weekly_hours() {
        var monday = LocalDate.of(2026, 11, 23);
        var schedule = new Schedule(
                ZoneId.of("Asia/Kolkata"),
                List.of(new Weekly(MONDAY, hours("09:00", "10:00", 30, 0))),
                List.of(
                        new SpecialDay(monday, null),
                        new SpecialDay(monday.plusDays(1), hours("12:00", "12:30", 30, 0)),
                        new SpecialDay(monday.plusDays(7), hours("14:00", "14:30", 30, 0))),
                15,
                Duration.ZERO);

        var slots = SlotGenerator.generate(schedule, at("2026-11-22T18:30:00Z"));

        assertThat(slots)
                .extracting(slot -> slot.start().toString())
                .containsExactly(
                        "2026-11-24T06:30:00Z", "2026-11-30T08:30:00Z", "2026-12-07T03:30:00Z", "2026-12-07T04:00:00Z");
    }

    @Test
    void the_horizon_begins_with_the_doctors_today_and_what_has_begun_is_over() {
        var everyDay = Arrays.stream(DayOfWeek.values())
                .map(day -> new Weekly(day, hours("09:00", "10:00", 30, 0)))
                .toList();
        var schedule = new Schedule(ZoneId.of("Asia/Kolkata"), everyDay, List.of(), 2, Duration.ZERO);

        // 09:30 in Kolkata, to the second: that slot has begun.
        var slots = SlotGenerator.generate(schedule, at("2026-11-23T04:00:00Z"));

        assertThat(slots)
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-11-24T03:30:00Z", "2026-11-24T04:00:00Z");
    }

    /** Laws for any hours in any time zone, over a year with all its changes; the seed is in the message on failure. */
    @Test
    void slots_never_overlap_last_as_long_as_they_say_and_read_right_on_the_wall() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int round = 0; round < 300; round++) {
            var zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            int from = random.nextInt(0, 1200);
            int to = random.nextInt(from + 60, 1441);
            var some = new Hours(
                    new WallTime(from), new WallTime(to), random.nextInt(5, 60), random.nextInt(0, 30), ONLINE);
            var everyDay = Arrays.stream(DayOfWeek.values())
                    .map(day -> new Weekly(day, some))
                    .toList();
            var now = at("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 24 * 3600));
            var schedule = new Schedule(zone, everyDay, List.of(), 90, Duration.ZERO);

            var slots = SlotGenerator.generate(schedule, now);

            @Nullable Interval previous = null;
            for (var slot : slots) {
                var law = "seed %d, %s, %s, %s".formatted(seed, zone, some, slot);
                var wall = slot.start().atZone(zone);
                int minute = wall.getHour() * 60 + wall.getMinute();
                assertThat(wall.toLocalDateTime().atZone(zone).withEarlierOffsetAtOverlap())
                        .as(law)
                        .isEqualTo(wall);
                assertThat((minute - from) % (some.slotMinutes() + some.bufferMinutes()))
                        .as(law)
                        .isZero();
                assertThat(minute).as(law).isBetween(from, to - some.slotMinutes());
                assertThat(Duration.between(slot.start(), slot.end()))
                        .as(law)
                        .isEqualTo(Duration.ofMinutes(some.slotMinutes()));
                if (previous != null) {
                    assertThat(previous.end()).as(law).isBeforeOrEqualTo(slot.start());
                    if (LocalDate.ofInstant(previous.start(), zone).equals(wall.toLocalDate())) {
                        assertThat(Duration.between(previous.end(), slot.start()))
                                .as(law)
                                .isGreaterThanOrEqualTo(Duration.ofMinutes(some.bufferMinutes()));
                    }
                }
                previous = slot;
            }
        }
    }

    private static Schedule weekly(String zone, int horizonDays, DayOfWeek day, Hours hours) {
        return new Schedule(ZoneId.of(zone), List.of(new Weekly(day, hours)), List.of(), horizonDays, Duration.ZERO);
    }

    private static Hours hours(String from, String to, int slotMinutes, int bufferMinutes) {
        return new Hours(WallTime.parse(from), WallTime.parse(to), slotMinutes, bufferMinutes, ONLINE);
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
