package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.SlotView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as its doctor sees it. What was put can be put again as it is shown.
 *
 * @param published after a change: how many slots are new
 * @param withdrawn after a change: how many free slots are gone
 * @param conflicts after a change: the booked slots that no longer fit
 */
@Schema(name = "Schedule")
record ScheduleView(
        String timeZone,
        List<WeeklyView> weekly,
        List<ExceptionView> exceptions,
        int horizonDays,
        long minimumNoticeMinutes,
        @Nullable Integer published,
        @Nullable Integer withdrawn,
        @Nullable List<SlotView> conflicts) {
    @Schema(name = "WeeklyHours")
    record WeeklyView(DayOfWeek day, String from, String to, int slotMinutes, int bufferMinutes, Set<Mode> modes) {}

    @Schema(name = "ScheduleException")
    record ExceptionView(
            LocalDate date,
            @Nullable Boolean closed,
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer slotMinutes,
            @Nullable Integer bufferMinutes,
            @Nullable Set<Mode> modes) {
        static ExceptionView of(Schedule.SpecialDay exception) {
            var hours = exception.hours();
            return hours == null
                    ? new ExceptionView(exception.date(), true, null, null, null, null, null)
                    : new ExceptionView(
                            exception.date(),
                            null,
                            hours.from().toString(),
                            hours.to().toString(),
                            hours.slotMinutes(),
                            hours.bufferMinutes(),
                            hours.modes());
        }
    }

    static ScheduleView of(Schedule schedule) {
        return of(schedule, null, null, null);
    }

    static ScheduleView of(Schedule schedule, Reconciliation changes) {
        return of(
                schedule,
                changes.publish().size(),
                changes.withdraw().size(),
                changes.conflicts().stream().map(SlotView::of).toList());
    }

    private static ScheduleView of(
            Schedule schedule,
            @Nullable Integer published,
            @Nullable Integer withdrawn,
            @Nullable List<SlotView> conflicts) {
        return new ScheduleView(
                schedule.timeZone().getId(),
                schedule.weekly().stream()
                        .map(some -> new WeeklyView(
                                some.day(),
                                some.hours().from().toString(),
                                some.hours().to().toString(),
                                some.hours().slotMinutes(),
                                some.hours().bufferMinutes(),
                                some.hours().modes()))
                        .toList(),
                schedule.exceptions().stream().map(ExceptionView::of).toList(),
                schedule.horizonDays(),
                schedule.minimumNotice().toMinutes(),
                published,
                withdrawn,
                conflicts);
    }
}
