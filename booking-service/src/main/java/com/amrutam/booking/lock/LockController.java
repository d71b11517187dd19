package com.amrutam.booking.lock;

import static com.amrutam.booking.problem.BookingProblem.LOCK_CONFIRMED;
import static com.amrutam.booking.problem.BookingProblem.MODE_NOT_OFFERED;
import static com.amrutam.booking.problem.BookingProblem.MODE_REQUIRED;
import static com.amrutam.booking.problem.BookingProblem.OVERLAPPING_APPOINTMENT;
import static com.amrutam.booking.problem.BookingProblem.SLOT_TAKEN;
import static com.amrutam.booking.problem.BookingProblem.TOO_MANY_APPOINTMENTS;
import static com.amrutam.booking.problem.BookingProblem.TOO_MANY_LOCKS;
import static com.amrutam.booking.problem.BookingProblem.TOO_SOON;

import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.SlotView;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A patient's holds on slots. */
@RestController
@RequestMapping("/api/v1/slot-locks")
class LockController {
    private final LockSlot lockSlot;
    private final ReleaseLock releaseLock;
    private final SlotLocks locks;

    LockController(LockSlot lockSlot, ReleaseLock releaseLock, SlotLocks locks) {
        this.lockSlot = lockSlot;
        this.releaseLock = releaseLock;
        this.locks = locks;
    }

    /**
     * @param slotId the slot to hold
     * @param mode may be left out where the slot has only one
     */
    record LockRequest(@NotNull UUID slotId, @Nullable Mode mode) {}

    /**
     * A patient's short, exclusive hold on a slot.
     *
     * @param id of the lock, sent with the code when it is confirmed
     * @param slotId the slot that is held
     * @param doctorId whose slot it is
     * @param mode how doctor and patient are to meet
     * @param start when the slot starts
     * @param end when the slot ends
     * @param status ACTIVE while it can be confirmed; then CONFIRMED (an appointment), EXPIRED or RELEASED
     * @param expiresAt from when on somebody else may have the slot
     * @param attemptsRemaining guesses at the code that are left; without any the lock is released
     * @param reason PATIENT for a hold the patient asked for, WAITLIST for one that was offered
     */
    @Schema(name = "SlotLock")
    record SlotLockView(
            UUID id,
            UUID slotId,
            UUID doctorId,
            Mode mode,
            Instant start,
            Instant end,
            SlotLock.Status status,
            Instant expiresAt,
            int attemptsRemaining,
            SlotLock.Reason reason) {
        static SlotLockView of(SlotLock lock, SlotLock.Status status) {
            return new SlotLockView(
                    lock.id(),
                    lock.slotId(),
                    lock.doctorId(),
                    lock.mode(),
                    lock.start(),
                    lock.end(),
                    status,
                    lock.expiresAt(),
                    lock.attemptsRemaining(),
                    lock.reason());
        }
    }

    /** Holds a slot; the code that confirms it is on its way to the patient. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        "slot-taken",
        "mode-required",
        "mode-not-offered",
        "too-soon",
        "too-many-locks",
        "too-many-appointments",
        "overlapping-appointment",
        "not-found",
        "forbidden"
    })
    ResponseEntity<SlotLockView> lockSlot(@Valid @RequestBody LockRequest request, Caller caller) {
        return switch (lockSlot.lock(caller.id(), request.slotId(), request.mode())) {
            case LockOutcome.Locked locked ->
                ResponseEntity.created(
                                URI.create("/api/v1/slot-locks/" + locked.lock().id()))
                        .body(SlotLockView.of(locked.lock(), SlotLock.Status.ACTIVE));
            case LockOutcome.NoSuchSlot _ -> throw ProblemException.notFound();
            case LockOutcome.SlotTaken taken ->
                throw new ProblemException(
                                SLOT_TAKEN, "Somebody else has the slot; these are the doctor's next free ones")
                        .with("alternatives", SlotView.of(taken.alternatives()));
            case LockOutcome.ModeRequired _ -> throw new ProblemException(MODE_REQUIRED, "Send mode with the slot");
            case LockOutcome.ModeNotOffered _ ->
                throw new ProblemException(MODE_NOT_OFFERED, "Send one of the slot's modes");
            case LockOutcome.TooSoon _ ->
                throw new ProblemException(
                        TOO_SOON, "The doctor needs more notice than is left before the slot starts");
            case LockOutcome.TooManyLocks most ->
                throw new ProblemException(
                        TOO_MANY_LOCKS, "At most %d slots can be held at once; give one back".formatted(most.most()));
            case LockOutcome.TooManyAppointments most ->
                throw new ProblemException(
                        TOO_MANY_APPOINTMENTS,
                        "At most %d appointments can lie ahead; keep or cancel one first".formatted(most.most()));
            case LockOutcome.OverlappingAppointment _ ->
                throw new ProblemException(OVERLAPPING_APPOINTMENT, OVERLAPPING_APPOINTMENT.title());
        };
    }

    /** The lock as it stands. */
    @GetMapping("/{id}")
    SlotLockView getSlotLock(@PathVariable UUID id, Caller caller) {
        var read = locks.find(id, caller.id()).orElseThrow(ProblemException::notFound);
        return SlotLockView.of(read.lock(), read.lock().statusAt(read.now()));
    }

    /** Gives the slot back; again changes nothing. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses("lock-confirmed")
    void releaseSlotLock(@PathVariable UUID id, Caller caller) {
        switch (releaseLock.release(caller.id(), id)) {
            case RELEASED -> {}
            case NO_SUCH_LOCK -> throw ProblemException.notFound();
            case CONFIRMED -> throw new ProblemException(LOCK_CONFIRMED, "Cancel the appointment instead");
        }
    }
}
