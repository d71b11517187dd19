package com.amrutam.doctor.profile;

import com.amrutam.doctor.ExpectedVersion;
import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.SlotView;
import com.amrutam.doctor.availability.Slots;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import jakarta.validation.Valid;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The profile in the hands of its doctor, and of the administrators who verify it. */
@RestController
class ProfileController {
    private final Doctors doctors;
    private final UpdateProfile updateProfile;
    private final VerifyDoctor verifyDoctor;
    private final Slots slots;
    private final Clock clock;

    ProfileController(
            Doctors doctors, UpdateProfile updateProfile, VerifyDoctor verifyDoctor, Slots slots, Clock clock) {
        this.doctors = doctors;
        this.updateProfile = updateProfile;
        this.verifyDoctor = verifyDoctor;
        this.slots = slots;
        this.clock = clock;
    }

    /** The caller's own profile, verified or not. */
    @GetMapping("/api/v1/doctors/me")
    @Refuses("not-found")
    ResponseEntity<DoctorView> getOwnProfile(Caller caller) {
        return answer(doctors.find(caller.id()).orElseThrow(ProblemException::notFound));
    }

    /**
     * Writes the caller's profile. A new one, and one whose name, specializations or registration number changed, waits
     * for an administrator to verify it.
     */
    @PutMapping("/api/v1/doctors/me")
    @Refuses("forbidden")
    ResponseEntity<DoctorView> putOwnProfile(
            Caller caller,
            @Valid @RequestBody ProfileRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return switch (updateProfile.update(caller.id(), request.profile(), new ExpectedVersion(ifMatch))) {
            case UpdateProfile.Outcome.Done(var doctor) -> answer(doctor);
            case UpdateProfile.Outcome.Stale() -> throw stale();
            case UpdateProfile.Outcome.UnknownSpecializations(var codes) -> throw unknown(codes, request);
            case UpdateProfile.Outcome.ModesInUse(var modes) ->
                throw ProblemException.invalid("modes", "must contain " + names(modes) + " while slots offer it");
        };
    }

    /** Makes a doctor visible to patients. */
    @PostMapping("/api/v1/admin/doctors/{id}/verify")
    ResponseEntity<DoctorView> verifyDoctor(
            Caller caller,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return switch (verifyDoctor.verify(id, caller.id(), new ExpectedVersion(ifMatch))) {
            case VerifyDoctor.Outcome.Done(var doctor) -> answer(doctor);
            case VerifyDoctor.Outcome.Stale() -> throw stale();
            case VerifyDoctor.Outcome.NoSuchDoctor() -> throw ProblemException.notFound();
        };
    }

    private ResponseEntity<DoctorView> answer(Doctor doctor) {
        var nextFree = SlotView.of(slots.nextFree(doctor.id(), clock.instant()));
        return ResponseEntity.ok().eTag(String.valueOf(doctor.version())).body(DoctorView.inFull(doctor, nextFree));
    }

    private static ProblemException stale() {
        return new ProblemException(
                CommonProblem.PRECONDITION_FAILED, "Read the profile again and repeat what you wanted");
    }

    private static ProblemException unknown(Set<String> codes, ProfileRequest request) {
        List<FieldError> errors = IntStream.range(0, request.specializations().size())
                .filter(index -> codes.contains(request.specializations().get(index)))
                .mapToObj(index -> new FieldError(
                        "specializations[" + index + "]", "is not a code of GET /api/v1/specializations"))
                .toList();
        return new ProblemException(CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
    }

    private static String names(Set<Mode> modes) {
        return EnumSet.copyOf(modes).stream().map(Mode::name).collect(Collectors.joining(" and "));
    }
}
