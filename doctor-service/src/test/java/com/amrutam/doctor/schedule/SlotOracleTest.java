package com.amrutam.doctor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.schedule.Schedule.SpecialDay;
import com.amrutam.doctor.schedule.Schedule.Weekly;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The generator against somebody who knows nothing of time zone rules: who watches the clock on the wall, minute by minute,
 * and notes what it says. What the clock says again does not count, and where it leaps, a slot cannot last.
 */
class SlotOracleTest {
    /** India, and the clocks that are touched in every way there is: by hours and half hours, at midnight, twice a year more. */
    private static final List<String> ZONES = List.of(
            "Asia/Kolkata",
            "Europe/Berlin",
            "Europe/London",
            "America/New_York",
            "America/St_Johns",
            "America/Santiago",
            "America/Havana",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Beirut",
            "Asia/Jerusalem",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Pacific/Apia");

    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2036-01-01T00:00:00Z");

    @Property(tries = 150)
    void any_schedule_in_any_zone(@ForAll("schedules") Schedule schedule, @ForAll("moments") Instant now) {
        assertThat(SlotGenerator.generate(schedule, now)).isEqualTo(watched(schedule, now));
    }

    @Property(tries = 60)
    void any_schedule_around_a_change_of_the_clock(
            @ForAll("schedules") Schedule schedule, @ForAll("moments") Instant some) {
        var change = schedule.timeZone().getRules().nextTransition(some);
        var now = change == null ? some : change.getInstant().minus(36, ChronoUnit.HOURS);

        assertThat(SlotGenerator.generate(schedule, now)).isEqualTo(watched(schedule, now));
    }

    @Example
    void every_change_of_a_dozen_clocks_for_sixteen_years() {
        int changes = 0;
        for (var name : ZONES) {
            var zone = ZoneId.of(name);
            var wholeDay = new Hours(new WallTime(0), new WallTime(24 * 60), 25, 5, Set.of(Mode.ONLINE));
            var weekly = everyDay(wholeDay);
            var change = zone.getRules().nextTransition(FIRST);
            while (change != null && change.getInstant().isBefore(LAST)) {
                var now = change.getInstant().minus(30, ChronoUnit.HOURS);
                var schedule = new Schedule(zone, weekly, List.of(), 3, Duration.ZERO);

                assertThat(SlotGenerator.generate(schedule, now))
                        .as(name + " at " + change)
                        .isEqualTo(watched(schedule, now));
                changes++;
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
        // Thirteen zones, two changes a year in most of them.
        assertThat(changes).isGreaterThan(300);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(FIRST.getEpochSecond(), LAST.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        var zones = Arbitraries.oneOf(Arbitraries.of(ZONES), Arbitraries.of(ZoneId.getAvailableZoneIds()))
                .map(ZoneId::of);
        var weekly = Combinators.combine(Arbitraries.of(DayOfWeek.class), hours())
                .as(Weekly::new)
                .list()
                .ofMaxSize(10)
                .map(SlotOracleTest::withoutOverlaps);
        var horizon = Arbitraries.integers().between(1, 10);
        return Combinators.combine(zones, weekly, horizon)
                .as((zone, hours, days) -> new Schedule(zone, hours, List.of(), days, Duration.ZERO))
                .flatMap(schedule -> exceptions()
                        .map(exceptions -> new Schedule(
                                schedule.timeZone(),
                                schedule.weekly(),
                                exceptions,
                                schedule.horizonDays(),
                                Duration.ZERO)));
    }

    /** Dates in the first weeks after a random one; most fall outside of the horizon, as in life. */
    private static Arbitrary<List<SpecialDay>> exceptions() {
        var dates = Arbitraries.longs()
                .between(
                        FIRST.getEpochSecond() / Duration.ofDays(1).toSeconds(),
                        LAST.getEpochSecond() / Duration.ofDays(1).toSeconds())
                .map(LocalDate::ofEpochDay);
        return Combinators.combine(dates, hours().injectNull(0.4))
                .as(SpecialDay::new)
                .list()
                .ofMaxSize(2)
                .uniqueElements(SpecialDay::date);
    }

    private static Arbitrary<Hours> hours() {
        var froms = Arbitraries.integers().between(0, 1_380);
        var lengths = Arbitraries.integers().between(30, 600);
        var slots = Arbitraries.integers().between(5, 120);
        var buffers = Arbitraries.integers().between(0, 45);
        return Combinators.combine(froms, lengths, slots, buffers).as((from, length, slot, buffer) -> {
            int to = Math.min(from + Math.max(length, slot), 24 * 60);
            return new Hours(
                    new WallTime(from), new WallTime(to), Math.min(slot, to - from), buffer, Set.of(Mode.ONLINE));
        });
    }

    private static List<Weekly> withoutOverlaps(List<Weekly> any) {
        var kept = new ArrayList<Weekly>();
        for (var one : any) {
            if (kept.stream()
                    .noneMatch(
                            other -> other.day() == one.day() && other.hours().overlaps(one.hours()))) {
                kept.add(one);
            }
        }
        return kept;
    }

    private static List<Weekly> everyDay(Hours hours) {
        var all = new ArrayList<Weekly>();
        for (var day : DayOfWeek.values()) {
            all.add(new Weekly(day, hours));
        }
        return all;
    }

    /** The oracle. */
    private static List<Interval> watched(Schedule schedule, Instant now) {
        var wall = new Wall(schedule.timeZone(), now.truncatedTo(ChronoUnit.DAYS), schedule.horizonDays() + 3);
        var slots = new ArrayList<Interval>();
        var today = LocalDate.ofInstant(now, schedule.timeZone());
        for (int day = 0; day < schedule.horizonDays(); day++) {
            var date = today.plusDays(day);
            var special = schedule.exceptions().stream()
                    .filter(exception -> exception.date().equals(date))
                    .toList();
            var hours = new ArrayList<Hours>();
            if (special.isEmpty()) {
                schedule.weekly().stream()
                        .filter(weekly -> weekly.day() == date.getDayOfWeek())
                        .forEach(weekly -> hours.add(weekly.hours()));
            } else if (special.getFirst().hours() instanceof Hours other) {
                hours.add(other);
            }
            hours.forEach(range -> slots.addAll(wall.offered(date, range)));
        }
        return slots.stream()
                .filter(slot -> slot.start().isAfter(now))
                .sorted(Comparator.comparing(Interval::start))
                .toList();
    }

    /** A clock on a wall, watched for some days: what it said when for the first time. */
    private static final class Wall {
        private final ZoneId zone;
        private final Map<LocalDateTime, Instant> said = new HashMap<>();

        Wall(ZoneId zone, Instant around, int days) {
            this.zone = zone;
            var from = around.minus(2, ChronoUnit.DAYS);
            for (int minute = 0; minute < (days + 2) * 24 * 60; minute++) {
                var instant = from.plus(minute, ChronoUnit.MINUTES);
                said.putIfAbsent(LocalDateTime.ofInstant(instant, zone), instant);
            }
        }

        List<Interval> offered(LocalDate date, Hours hours) {
            var slots = new ArrayList<Interval>();
            int minute = hours.from().minuteOfDay();
            while (minute + hours.slotMinutes() <= hours.to().minuteOfDay()) {
                var start = said.get(date.atStartOfDay().plusMinutes(minute));
                if (start != null && lasts(start, hours.slotMinutes()) && isAfterThePause(start, slots, hours)) {
                    slots.add(new Interval(start, start.plus(hours.slotMinutes(), ChronoUnit.MINUTES), hours.modes()));
                }
                minute += hours.slotMinutes() + hours.bufferMinutes();
            }
            return slots;
        }

        private boolean lasts(Instant start, int minutes) {
            for (int minute = 0; minute < minutes - 1; minute++) {
                var now = LocalDateTime.ofInstant(start.plus(minute, ChronoUnit.MINUTES), zone);
                var next = LocalDateTime.ofInstant(start.plus(minute + 1, ChronoUnit.MINUTES), zone);
                if (next.isAfter(now.plusMinutes(1))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isAfterThePause(Instant start, List<Interval> slots, Hours hours) {
            return slots.isEmpty()
                    || !start.isBefore(slots.getLast().end().plus(hours.bufferMinutes(), ChronoUnit.MINUTES));
        }
    }
}
