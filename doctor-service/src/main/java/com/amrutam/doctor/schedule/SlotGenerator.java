package com.amrutam.doctor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a schedule's hours into intervals.
 *
 * <p>Slots stand on the grid of the wall clock and last as long as they say. Where the clock is put forward, times that
 * do not exist are not offered, nor is what would last across the change. Where it is put back, a time that comes twice
 * is offered once, the first time. So no two intervals overlap, and none of one range follow closer than the buffer.
 */
final class SlotGenerator {
    private SlotGenerator() {}

    /** All intervals within the horizon that start after this instant, by start. */
    static List<Interval> generate(Schedule schedule, Instant now) {
        var intervals = new ArrayList<Interval>();
        var today = LocalDate.ofInstant(now, schedule.timeZone());
        for (int day = 0; day < schedule.horizonDays(); day++) {
            var date = today.plusDays(day);
            for (var hours : schedule.on(date)) {
                cut(date, hours, schedule.timeZone(), now, intervals);
            }
        }
        intervals.sort(Comparator.comparing(Interval::start));
        return intervals;
    }

    private static void cut(LocalDate date, Hours hours, ZoneId timeZone, Instant now, List<Interval> intervals) {
        var length = Duration.ofMinutes(hours.slotMinutes());
        var buffer = Duration.ofMinutes(hours.bufferMinutes());
        int step = hours.slotMinutes() + hours.bufferMinutes();
        var notBefore = Instant.MIN;
        for (int minute = hours.from().minuteOfDay();
                minute + hours.slotMinutes() <= hours.to().minuteOfDay();
                minute += step) {
            var start = firstInstant(WallTime.on(date, minute), timeZone);
            if (start == null || start.isBefore(notBefore)) {
                continue;
            }
            var end = start.plus(length);
            if (isPutForwardBetween(start, end, timeZone)) {
                continue;
            }
            notBefore = end.plus(buffer);
            if (start.isAfter(now)) {
                intervals.add(new Interval(start, end, hours.modes()));
            }
        }
    }

    /** When the clock on the wall says so for the first time; null when it skips that time. */
    private static @Nullable Instant firstInstant(LocalDateTime wall, ZoneId timeZone) {
        var offsets = timeZone.getRules().getValidOffsets(wall);
        // Of two offsets the first is the one before the clock is put back.
        return offsets.isEmpty() ? null : wall.toInstant(offsets.getFirst());
    }

    private static boolean isPutForwardBetween(Instant start, Instant end, ZoneId timeZone) {
        var change = timeZone.getRules().nextTransition(start);
        return change != null && change.isGap() && change.getInstant().isBefore(end);
    }
}
