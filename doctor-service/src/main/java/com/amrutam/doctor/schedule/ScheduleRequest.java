package com.amrutam.doctor.schedule;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.schedule.Schedule.SpecialDay;
import com.amrutam.doctor.schedule.Schedule.Weekly;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a doctor works, whole: what is left out is removed.
 *
 * @param timeZone IANA name of the zone all times of the schedule are in; hours skipped by summer time have no slots,
 *     repeated ones are offered once, at the earlier offset
 * @param weekly the hours of each week
 * @param exceptions dates with other hours, or none
 * @param horizonDays how many days ahead slots are offered; 30 when left out
 * @param minimumNoticeMinutes how long before its start a slot can no longer be booked; 0 when left out
 */
record ScheduleRequest(
        @NotNull String timeZone,
        @NotNull @Size(max = 100) List<@NotNull @Valid WeeklyRequest> weekly,
        @Nullable @Size(max = 400) List<@NotNull @Valid ExceptionRequest> exceptions,
        @Nullable @Min(1) @Max(90) Integer horizonDays,
        @Nullable @Min(0) @Max(MAX_NOTICE_MINUTES) Integer minimumNoticeMinutes) {
    private static final int DEFAULT_HORIZON_DAYS = 30;
    private static final int MAX_NOTICE_MINUTES = 7 * 24 * 60;
    private static final int MIN_SLOT_MINUTES = 5;
    private static final int MAX_SLOT_MINUTES = 480;
    private static final int MAX_BUFFER_MINUTES = 240;

    private static final String FROM = "(?:[01]\\d|2[0-3]):[0-5]\\d";
    private static final String FROM_MESSAGE = "must be a time such as 09:30";
    private static final String TO = FROM + "|24:00";
    private static final String TO_MESSAGE = "must be a time such as 17:30, at most 24:00";

    private static final LocalDate FIRST_DATE = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(2199, 12, 31);

    /** Links such as {@code Asia/Calcutta} are known too; bare offsets are not, they know no summer time. */
    private static final Set<String> TIME_ZONES = ZoneId.getAvailableZoneIds();

    /**
     * A range of one day of every week.
     *
     * @param from wall-clock time of the first slot's start
     * @param to wall-clock time by which the last slot ends; 24:00 is midnight
     * @param slotMinutes length of a slot
     * @param bufferMinutes pause after each slot
     * @param modes how patients can meet the doctor then
     */
    record WeeklyRequest(
            @NotNull DayOfWeek day,

            @NotNull @Pattern(regexp = FROM, message = FROM_MESSAGE)
            String from,

            @NotNull @Pattern(regexp = TO, message = TO_MESSAGE)
            String to,

            @NotNull @Min(MIN_SLOT_MINUTES) @Max(MAX_SLOT_MINUTES)
            Integer slotMinutes,

            @Nullable @Min(0) @Max(MAX_BUFFER_MINUTES) Integer bufferMinutes,
            @NotEmpty @Size(max = 2) List<@NotNull Mode> modes) {
        Hours hours() {
            return ScheduleRequest.hours(from, to, slotMinutes, bufferMinutes, modes);
        }
    }

    /**
     * Either {@code closed}, or the hours of that date.
     *
     * @param date in the schedule's zone
     * @param closed true for a day off
     * @param from as in weekly hours
     * @param to as in weekly hours
     * @param slotMinutes as in weekly hours
     * @param bufferMinutes as in weekly hours
     * @param modes as in weekly hours
     */
    record ExceptionRequest(
            @NotNull LocalDate date,
            @Nullable Boolean closed,

            @Nullable @Pattern(regexp = FROM, message = FROM_MESSAGE)
            String from,

            @Nullable @Pattern(regexp = TO, message = TO_MESSAGE)
            String to,

            @Nullable @Min(MIN_SLOT_MINUTES) @Max(MAX_SLOT_MINUTES)
            Integer slotMinutes,

            @Nullable @Min(0) @Max(MAX_BUFFER_MINUTES) Integer bufferMinutes,
            @Nullable @Size(min = 1, max = 2) List<@NotNull Mode> modes) {
        private boolean isClosed() {
            return Boolean.TRUE.equals(closed);
        }

        private boolean hasHours() {
            return from != null || to != null || slotMinutes != null || bufferMinutes != null || modes != null;
        }

        private @Nullable Hours hours() {
            return from == null || to == null || slotMinutes == null || modes == null
                    ? null
                    : ScheduleRequest.hours(from, to, slotMinutes, bufferMinutes, modes);
        }
    }

    /**
     * The schedule asked for.
     *
     * @throws ProblemException {@code validation-failed} when its parts do not fit together, with every field that does not
     */
    Schedule schedule() {
        var errors = new ArrayList<FieldError>();
        if (!TIME_ZONES.contains(timeZone)) {
            errors.add(new FieldError("timeZone", "must be an IANA time zone such as Asia/Kolkata"));
        }
        var weekly = weekly(errors);
        var exceptions = exceptions(errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
        }
        return new Schedule(
                ZoneId.of(timeZone),
                weekly,
                exceptions,
                Objects.requireNonNullElse(horizonDays, DEFAULT_HORIZON_DAYS),
                Duration.ofMinutes(Objects.requireNonNullElse(minimumNoticeMinutes, 0)));
    }

    private List<Weekly> weekly(List<FieldError> errors) {
        var all = new ArrayList<Weekly>();
        for (int index = 0; index < weekly.size(); index++) {
            var field = "weekly[" + index + "]";
            var request = weekly.get(index);
            var hours = request.hours();
            check(field, hours, errors);
            if (all.stream()
                    .anyMatch(other ->
                            other.day() == request.day() && other.hours().overlaps(hours))) {
                errors.add(new FieldError(field, "overlaps other hours of " + request.day()));
            }
            all.add(new Weekly(request.day(), hours));
        }
        return List.copyOf(all);
    }

    private List<SpecialDay> exceptions(List<FieldError> errors) {
        var all = new ArrayList<SpecialDay>();
        var requests = Objects.requireNonNullElse(exceptions, List.<ExceptionRequest>of());
        for (int index = 0; index < requests.size(); index++) {
            var field = "exceptions[" + index + "]";
            var request = requests.get(index);
            var date = request.date();
            if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
                errors.add(new FieldError(field + ".date", "must be from " + FIRST_DATE + " to " + LAST_DATE));
            }
            var hours = request.hours();
            if (request.isClosed() ? request.hasHours() : hours == null) {
                errors.add(new FieldError(field, "must either be closed or have from, to, slotMinutes and modes"));
                continue;
            }
            if (hours != null) {
                check(field, hours, errors);
            }
            if (all.stream().anyMatch(other -> other.date().equals(date) && clash(other.hours(), hours))) {
                errors.add(new FieldError(field, "overlaps another exception of that date"));
            }
            all.add(new SpecialDay(date, hours));
        }
        return List.copyOf(all);
    }

    /** A closed day admits nothing beside it. */
    private static boolean clash(@Nullable Hours one, @Nullable Hours other) {
        return one == null || other == null || one.overlaps(other);
    }

    private static void check(String field, Hours hours, List<FieldError> errors) {
        int minutes = hours.to().minuteOfDay() - hours.from().minuteOfDay();
        if (minutes <= 0) {
            errors.add(new FieldError(field + ".to", "must be after from"));
        } else if (minutes < hours.slotMinutes()) {
            errors.add(new FieldError(field + ".slotMinutes", "must not be longer than the hours"));
        }
    }

    private static Hours hours(
            String from, String to, int slotMinutes, @Nullable Integer bufferMinutes, List<Mode> modes) {
        return new Hours(
                WallTime.parse(from),
                WallTime.parse(to),
                slotMinutes,
                Objects.requireNonNullElse(bufferMinutes, 0),
                Mode.of(modes));
    }
}
