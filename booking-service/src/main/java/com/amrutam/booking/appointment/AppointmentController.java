package com.amrutam.booking.appointment;

import static com.amrutam.booking.problem.BookingProblem.CODE_INCORRECT;
import static com.amrutam.booking.problem.BookingProblem.LOCK_CONFIRMED;
import static com.amrutam.booking.problem.BookingProblem.LOCK_EXPIRED;
import static com.amrutam.booking.problem.BookingProblem.LOCK_RELEASED;
import static com.amrutam.booking.problem.BookingProblem.NOT_BOOKED;
import static com.amrutam.booking.problem.BookingProblem.OVERLAPPING_APPOINTMENT;
import static com.amrutam.booking.problem.BookingProblem.TOO_LATE;

import com.amrutam.booking.appointment.Appointment.CancelOutcome;
import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.appointment.Appointments.Criteria;
import com.amrutam.booking.appointment.Appointments.Position;
import com.amrutam.booking.lock.SlotLock;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.ETags;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Appointments: a patient's own, a doctor's agenda, everything for administrators. */
@RestController
@RequestMapping("/api/v1/appointments")
class AppointmentController {
    /** Line breaks and tabs are writing; other control characters are not. */
    private static final String PLAIN_TEXT = "[^\\p{Cntrl}&&[^\\r\\n\\t]]*";

    private static final String PLAIN_TEXT_MESSAGE = "must not hold control characters";

    private final BookAppointment bookAppointment;
    private final CancelAppointment cancelAppointment;
    private final Appointments appointments;

    AppointmentController(
            BookAppointment bookAppointment, CancelAppointment cancelAppointment, Appointments appointments) {
        this.bookAppointment = bookAppointment;
        this.cancelAppointment = cancelAppointment;
        this.appointments = appointments;
    }

    /**
     * @param code the six digits the patient was sent for this lock
     * @param reason what the visit is about, for the doctor
     */
    record BookRequest(
            @NotNull UUID slotLockId,

            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
            String code,

            @Nullable @Size(max = 500) @Pattern(regexp = PLAIN_TEXT, message = PLAIN_TEXT_MESSAGE)
            String reason) {}

    record CancelRequest(
            @NotBlank @Size(max = 500) @Pattern(regexp = PLAIN_TEXT, message = PLAIN_TEXT_MESSAGE)
            String reason) {}

    /** Books the slot that the lock holds. */
    @PostMapping
    ResponseEntity<AppointmentView> book(@Valid @RequestBody BookRequest request, Caller caller) {
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

    /** Appointments by start, the latest first. */
    @GetMapping
    Page<AppointmentView> list(
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
    ResponseEntity<AppointmentView> get(@PathVariable UUID id, Caller caller) {
        var appointment = visible(id, caller);
        return ResponseEntity.ok().eTag(ETags.of(appointment.version())).body(AppointmentView.of(appointment));
    }

    /** Calls it off. A patient may until 24 hours before the start, the doctor and administrators at any time. */
    @PostMapping("/{id}/cancel")
    ResponseEntity<AppointmentView> cancel(
            @PathVariable UUID id,
            @Valid @RequestBody CancelRequest request,
            @Nullable @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
            Caller caller) {
        var by = party(visible(id, caller), caller);
        var outcome = cancelAppointment.cancel(id, by, request.reason(), ETags.version(ifMatch));
        return switch (outcome) {
            case CancelAppointment.Outcome.Cancelled cancelled ->
                ResponseEntity.ok()
                        .eTag(ETags.of(cancelled.appointment().version()))
                        .body(AppointmentView.of(cancelled.appointment()));
            case CancelAppointment.Outcome.Changed changed ->
                throw new ProblemException(
                        CommonProblem.PRECONDITION_FAILED, "The appointment is at version " + changed.version());
            case CancelAppointment.Outcome.Refused refused -> throw refusal(refused.why());
        };
    }

    private static ProblemException refusal(CancelOutcome why) {
        return switch (why) {
            case CancelOutcome.NotBooked not -> new ProblemException(NOT_BOOKED, "The appointment is " + not.status());
            case CancelOutcome.TooLate tooLate ->
                new ProblemException(TOO_LATE, "It could be cancelled until " + tooLate.latest());
            case CancelOutcome.Cancelled _ -> throw new IllegalStateException("That is no refusal");
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
