package com.amrutam.booking.appointment;

import static com.amrutam.booking.problem.BookingProblem.ALREADY_REVIEWED;
import static com.amrutam.booking.problem.BookingProblem.CODE_INCORRECT;
import static com.amrutam.booking.problem.BookingProblem.LOCK_CONFIRMED;
import static com.amrutam.booking.problem.BookingProblem.LOCK_EXPIRED;
import static com.amrutam.booking.problem.BookingProblem.LOCK_RELEASED;
import static com.amrutam.booking.problem.BookingProblem.MODE_NOT_OFFERED;
import static com.amrutam.booking.problem.BookingProblem.NOT_BOOKED;
import static com.amrutam.booking.problem.BookingProblem.NOT_FULFILLED;
import static com.amrutam.booking.problem.BookingProblem.OTHER_DOCTOR;
import static com.amrutam.booking.problem.BookingProblem.OVERLAPPING_APPOINTMENT;
import static com.amrutam.booking.problem.BookingProblem.SAME_SLOT;
import static com.amrutam.booking.problem.BookingProblem.SLOT_TAKEN;
import static com.amrutam.booking.problem.BookingProblem.TOO_EARLY;
import static com.amrutam.booking.problem.BookingProblem.TOO_LATE;
import static com.amrutam.booking.problem.BookingProblem.TOO_MANY_RESCHEDULES;
import static com.amrutam.booking.problem.BookingProblem.TOO_SOON;

import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.appointment.Appointment.Refusal;
import com.amrutam.booking.appointment.Appointments.Criteria;
import com.amrutam.booking.appointment.Appointments.Position;
import com.amrutam.booking.appointment.ReviewAppointment.ReviewOutcome;
import com.amrutam.booking.appointment.Reviews.Review;
import com.amrutam.booking.lock.SlotLock;
import com.amrutam.booking.slot.SlotView;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.ETags;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Appointments: a patient's own, a doctor's agenda, everything for administrators. */
@RestController
@RequestMapping("/api/v1/appointments")
class AppointmentController {
    /** Line breaks and tabs are writing; other control characters are not. */
    private static final String PLAIN_TEXT = "[^\\p{Cntrl}&&[^\\r\\n\\t]]*";

    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final String PLAIN_TEXT_MESSAGE = "must not hold control characters";

    private final BookAppointment bookAppointment;
    private final CancelAppointment cancelAppointment;
    private final RescheduleAppointment rescheduleAppointment;
    private final CompleteAppointment completeAppointment;
    private final ReviewAppointment reviewAppointment;
    private final Appointments appointments;

    AppointmentController(
            BookAppointment bookAppointment,
            CancelAppointment cancelAppointment,
            RescheduleAppointment rescheduleAppointment,
            CompleteAppointment completeAppointment,
            ReviewAppointment reviewAppointment,
            Appointments appointments) {
        this.bookAppointment = bookAppointment;
        this.cancelAppointment = cancelAppointment;
        this.rescheduleAppointment = rescheduleAppointment;
        this.completeAppointment = completeAppointment;
        this.reviewAppointment = reviewAppointment;
        this.appointments = appointments;
    }

    /**
     * @param slotLockId the caller's lock
     * @param code the six digits the patient was sent for this lock
     * @param reason what the visit is about, for the doctor
     */
    record BookRequest(
            @NotNull UUID slotLockId,

            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
            String code,

            @Nullable @Size(max = 500) @Pattern(regexp = PLAIN_TEXT, message = PLAIN_TEXT_MESSAGE)
            String reason) {}

    /** @param reason is shown to the other side */
    record CancelRequest(
            @NotBlank @Size(max = 500) @Pattern(regexp = PLAIN_TEXT, message = PLAIN_TEXT_MESSAGE)
            String reason) {}

    /** @param slotId a free slot of the same doctor */
    record RescheduleRequest(@NotNull UUID slotId) {}

    /** How an appointment may have ended. */
    enum Ending {
        FULFILLED,
        NOSHOW
    }

    /** @param outcome FULFILLED when the visit took place, NOSHOW when the patient did not come */
    record CompleteRequest(@NotNull Ending outcome) {}

    /**
     * @param rating from 1 (worst) to 5 (best)
     * @param comment the patient's words, for the doctor
     */
    record ReviewRequest(
            @NotNull @Min(1) @Max(5) Integer rating,

            @Nullable @Size(max = 2000) @Pattern(regexp = PLAIN_TEXT, message = PLAIN_TEXT_MESSAGE)
            String comment) {}

    /**
     * What a patient thought of a visit.
     *
     * @param rating from 1 (worst) to 5 (best)
     * @param reviewedAt when it was written
     */
    @Schema(name = "Review")
    record ReviewView(
            UUID id,
            UUID appointmentId,
            UUID doctorId,
            int rating,
            @Nullable String comment,
            Instant reviewedAt) {
        static ReviewView of(Appointment appointment, Review review) {
            return new ReviewView(
                    review.id(),
                    appointment.id(),
                    appointment.doctorId(),
                    review.rating(),
                    review.comment(),
                    review.reviewedAt());
        }
    }

    /** Books the slot that the lock holds. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        "code-incorrect",
        "lock-expired",
        "lock-released",
        "lock-confirmed",
        "overlapping-appointment",
        "not-found",
        "forbidden"
    })
    ResponseEntity<AppointmentView> bookAppointment(@Valid @RequestBody BookRequest request, Caller caller) {
        var outcome = bookAppointment.book(caller.id(), request.slotLockId(), request.code(), request.reason());
        return switch (outcome) {
            case BookAppointment.Outcome.Booked booked -> {
                var appointment =
                        appointments.find(booked.appointmentId()).orElseThrow().appointment();
                yield ResponseEntity.created(URI.create("/api/v1/appointments/" + appointment.id()))
                        .eTag(ETags.of(appointment.version()))
                        .body(AppointmentView.of(appointment));
            }
            case BookAppointment.Outcome.NoSuchLock _ -> throw ProblemException.notFound();
            case BookAppointment.Outcome.WrongCode wrong ->
                throw new ProblemException(
                                CODE_INCORRECT,
                                wrong.attemptsRemaining() == 0
                                        ? "That was the last attempt: the slot is free again"
                                        : "Look at the latest message and try again")
                        .with("attemptsRemaining", wrong.attemptsRemaining());
            case BookAppointment.Outcome.LockEnded ended -> throw ended(ended.status());
            case BookAppointment.Outcome.OverlappingAppointment _ ->
                throw new ProblemException(OVERLAPPING_APPOINTMENT, OVERLAPPING_APPOINTMENT.title());
        };
    }

    private static ProblemException ended(SlotLock.Status status) {
        return switch (status) {
            case CONFIRMED ->
                new ProblemException(LOCK_CONFIRMED, "The appointment exists; nothing is left to confirm");
            case RELEASED -> new ProblemException(LOCK_RELEASED, "Hold a slot again");
            case EXPIRED -> new ProblemException(LOCK_EXPIRED, "Hold a slot again and confirm it in time");
            case ACTIVE -> throw new IllegalStateException("An active lock has not ended");
        };
    }

    /**
     * Appointments by start, the latest first: a patient's own, a doctor's agenda, all of them for administrators.
     *
     * @param status only those that stand so
     * @param from only those that start at this instant or later
     * @param to only those that start before this instant
     */
    @GetMapping
    Page<AppointmentView> listAppointments(
            @RequestParam(required = false) Appointment.@Nullable Status status,
            @Nullable @RequestParam(required = false) Instant from,
            @Nullable @RequestParam(required = false) Instant to,
            PageRequest page,
            Caller caller) {
        var criteria = new Criteria(
                caller.hasRole("ADMIN") || caller.hasRole("DOCTOR") ? null : caller.id(),
                !caller.hasRole("ADMIN") && caller.hasRole("DOCTOR") ? caller.id() : null,
                status,
                from,
                to,
                position(page.cursor()));
        return Page.of(
                        appointments.list(criteria, page.limit()),
                        page.limit(),
                        last -> Cursor.of(last.start().toString(), last.id().toString()))
                .map(AppointmentView::of);
    }

    private static @Nullable Position position(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new Position(
                    Instant.parse(cursor.parts().getFirst()),
                    UUID.fromString(cursor.parts().getLast()));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    /** One appointment, for those whose it is. */
    @GetMapping("/{id}")
    ResponseEntity<AppointmentView> getAppointment(@PathVariable UUID id, Caller caller) {
        var appointment = visible(id, caller);
        return ResponseEntity.ok().eTag(ETags.of(appointment.version())).body(AppointmentView.of(appointment));
    }

    /** Calls it off. A patient may until 24 hours before the start, the doctor and administrators at any time. */
    @PostMapping("/{id}/cancel")
    @Refuses({"not-booked", "too-late"})
    ResponseEntity<AppointmentView> cancelAppointment(
            @PathVariable UUID id,
            @Valid @RequestBody CancelRequest request,
            @Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
            Caller caller) {
        var by = party(visible(id, caller), caller);
        return answer(cancelAppointment.cancel(id, by, request.reason(), ETags.version(ifMatch)));
    }

    /** Moves it to another slot of the same doctor. A patient may until 24 hours before the start. */
    @PostMapping("/{id}/reschedule")
    @Refuses({
        "not-booked",
        "too-late",
        "slot-taken",
        "overlapping-appointment",
        "too-many-reschedules",
        "other-doctor",
        "same-slot",
        "mode-not-offered",
        "too-soon",
        "forbidden"
    })
    ResponseEntity<AppointmentView> rescheduleAppointment(
            @PathVariable UUID id,
            @Valid @RequestBody RescheduleRequest request,
            @Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
            Caller caller) {
        var appointment = visible(id, caller);
        var by = party(appointment, caller);
        if (by == Party.DOCTOR) {
            throw new ProblemException(
                    CommonProblem.FORBIDDEN, "A doctor cancels, and the patient is told where else there is room");
        }
        return answer(rescheduleAppointment.reschedule(
                id, appointment.patientId(), request.slotId(), by, ETags.version(ifMatch)));
    }

    /** Says how it ended; its doctor may from the start on. */
    @PostMapping("/{id}/complete")
    @Refuses({"not-booked", "too-early", "forbidden"})
    ResponseEntity<AppointmentView> completeAppointment(
            @PathVariable UUID id,
            @Valid @RequestBody CompleteRequest request,
            @Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
            Caller caller) {
        if (party(visible(id, caller), caller) != Party.DOCTOR) {
            throw new ProblemException(CommonProblem.FORBIDDEN, "Only the appointment's doctor can say how it ended");
        }
        var ended = Appointment.Status.valueOf(request.outcome().name());
        return answer(completeAppointment.complete(id, ended, ETags.version(ifMatch)));
    }

    /** Rates a visit that took place; its patient may, once. */
    @PostMapping("/{id}/review")
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({"not-fulfilled", "already-reviewed", "forbidden"})
    ResponseEntity<ReviewView> reviewAppointment(
            @PathVariable UUID id, @Valid @RequestBody ReviewRequest request, Caller caller) {
        var appointment = visible(id, caller);
        if (party(appointment, caller) != Party.PATIENT) {
            throw new ProblemException(CommonProblem.FORBIDDEN, "Only the appointment's patient can review it");
        }
        return switch (reviewAppointment.review(id, request.rating(), request.comment())) {
            case ReviewOutcome.Reviewed reviewed ->
                ResponseEntity.status(HttpStatus.CREATED).body(ReviewView.of(appointment, reviewed.review()));
            case ReviewOutcome.NotFulfilled not ->
                throw new ProblemException(NOT_FULFILLED, "The appointment is " + not.status());
            case ReviewOutcome.AlreadyReviewed _ ->
                throw new ProblemException(ALREADY_REVIEWED, ALREADY_REVIEWED.title());
        };
    }

    /** The appointment as a file for a calendar program (RFC 5545). */
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/calendar", schema = @Schema(types = "string")))
    @GetMapping("/{id}/calendar.ics")
    ResponseEntity<String> getCalendarFile(@PathVariable UUID id, Caller caller) {
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"")
                .body(CalendarFile.of(visible(id, caller)));
    }

    private static ResponseEntity<AppointmentView> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed changed ->
                ResponseEntity.ok()
                        .eTag(ETags.of(changed.appointment().version()))
                        .body(AppointmentView.of(changed.appointment()));
            case Outcome.Stale stale ->
                throw new ProblemException(
                        CommonProblem.PRECONDITION_FAILED, "The appointment is at version " + stale.version());
            case Outcome.NoSuchSlot _ -> throw ProblemException.notFound();
            case Outcome.SlotTaken taken ->
                throw new ProblemException(
                                SLOT_TAKEN, "Somebody else has the slot; these are the doctor's next free ones")
                        .with("alternatives", SlotView.of(taken.alternatives()));
            case Outcome.OverlappingAppointment _ ->
                throw new ProblemException(OVERLAPPING_APPOINTMENT, OVERLAPPING_APPOINTMENT.title());
            case Outcome.Refused refused -> throw refusal(refused.why());
        };
    }

    private static ProblemException refusal(Refusal why) {
        return switch (why) {
            case Refusal.NotBooked not -> new ProblemException(NOT_BOOKED, "The appointment is " + not.status());
            case Refusal.TooLate tooLate -> new ProblemException(TOO_LATE, "It was possible until " + tooLate.latest());
            case Refusal.TooEarly tooEarly ->
                new ProblemException(TOO_EARLY, "It is possible from " + tooEarly.earliest() + " on");
            case Refusal.TooManyReschedules most ->
                new ProblemException(TOO_MANY_RESCHEDULES, "%d times is the most".formatted(most.most()));
            case Refusal.OtherDoctor _ ->
                new ProblemException(OTHER_DOCTOR, "Cancel this appointment and book one with the other doctor");
            case Refusal.SameSlot _ -> new ProblemException(SAME_SLOT, SAME_SLOT.title());
            case Refusal.ModeNotOffered not ->
                new ProblemException(MODE_NOT_OFFERED, "The appointment is " + not.mode() + ", the slot is not");
            case Refusal.TooSoon _ ->
                new ProblemException(TOO_SOON, "The doctor needs more notice than is left before the slot starts");
        };
    }

    private Appointment visible(UUID id, Caller caller) {
        return appointments
                .find(id)
                .map(Appointments.Read::appointment)
                .filter(appointment -> caller.id().equals(appointment.patientId())
                        || caller.id().equals(appointment.doctorId())
                        || caller.hasRole("ADMIN"))
                .orElseThrow(ProblemException::notFound);
    }

    private static Party party(Appointment appointment, Caller caller) {
        if (caller.id().equals(appointment.patientId())) {
            return Party.PATIENT;
        }
        return caller.id().equals(appointment.doctorId()) ? Party.DOCTOR : Party.ADMIN;
    }
}
