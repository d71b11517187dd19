package com.amrutam.doctor.schedule;

import com.amrutam.doctor.DoctorProblem;
import com.amrutam.doctor.ExpectedVersion;
import com.amrutam.doctor.Mode;
import com.amrutam.doctor.schedule.Schedules.Kept;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The schedule in the hands of its doctor. */
@RestController
@RequestMapping("/api/v1/doctors/me/schedule")
class ScheduleController {
    private final Schedules schedules;
    private final PutSchedule putSchedule;

    ScheduleController(Schedules schedules, PutSchedule putSchedule) {
        this.schedules = schedules;
        this.putSchedule = putSchedule;
    }

    /** The caller's own schedule. */
    @GetMapping
    @Refuses("not-found")
    ResponseEntity<ScheduleView> getSchedule(Caller caller) {
        var kept = schedules.find(caller.id()).orElseThrow(ProblemException::notFound);
        return answer(kept, ScheduleView.of(kept.schedule()));
    }

    /**
     * Writes the caller's schedule and makes its slots. Free slots that no longer fit are withdrawn; booked ones stay,
     * and the answer names them. Hours are wall-clock time of the schedule's zone: an hour that a change of the clock skips has
     * no slots, and one that it repeats is offered once, the first time.
     */
    @PutMapping
    @Refuses({"profile-missing", "forbidden"})
    ResponseEntity<ScheduleView> putSchedule(
            Caller caller,
            @Valid @RequestBody ScheduleRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var outcome = putSchedule.put(caller.id(), request.schedule(), new ExpectedVersion(ifMatch));
        return switch (outcome) {
            case PutSchedule.Outcome.Done(var kept, var changes) ->
                answer(kept, ScheduleView.of(kept.schedule(), changes));
            case PutSchedule.Outcome.NoProfile() ->
                throw new ProblemException(
                        DoctorProblem.PROFILE_MISSING, "Write your profile first: PUT /api/v1/doctors/me");
            case PutSchedule.Outcome.Stale() ->
                throw new ProblemException(
                        CommonProblem.PRECONDITION_FAILED, "Read the schedule again and repeat the change");
            case PutSchedule.Outcome.ModesNotOffered(var offered) -> throw notOffered(request.schedule(), offered);
        };
    }

    private static ResponseEntity<ScheduleView> answer(Kept kept, ScheduleView view) {
        return ResponseEntity.ok().eTag(String.valueOf(kept.version())).body(view);
    }

    private static ProblemException notOffered(Schedule schedule, Set<Mode> offered) {
        var message = "must be modes of your profile";
        List<FieldError> errors = new ArrayList<>();
        for (int index = 0; index < schedule.weekly().size(); index++) {
            if (!offered.containsAll(schedule.weekly().get(index).hours().modes())) {
                errors.add(new FieldError("weekly[" + index + "].modes", message));
            }
        }
        for (int index = 0; index < schedule.exceptions().size(); index++) {
            var hours = schedule.exceptions().get(index).hours();
            if (hours != null && !offered.containsAll(hours.modes())) {
                errors.add(new FieldError("exceptions[" + index + "].modes", message));
            }
        }
        return new ProblemException(CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
    }
}
