package com.amrutam.booking.waitlist;

import static com.amrutam.booking.problem.BookingProblem.ALREADY_WAITING;
import static com.amrutam.booking.problem.BookingProblem.LOCK_CONFIRMED;
import static com.amrutam.booking.problem.BookingProblem.TOO_MANY_WAITLIST_ENTRIES;

import com.amrutam.booking.slot.Mode;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Clock;
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

/** A patient's places in line. */
@RestController
@RequestMapping("/api/v1/waitlist")
class WaitlistController {
    private final JoinWaitlist joinWaitlist;
    private final LeaveWaitlist leaveWaitlist;
    private final Waitlist waitlist;
    private final WaitlistPolicies policies;
    private final Clock clock;

    WaitlistController(
            JoinWaitlist joinWaitlist,
            LeaveWaitlist leaveWaitlist,
            Waitlist waitlist,
            WaitlistPolicies policies,
            Clock clock) {
        this.joinWaitlist = joinWaitlist;
        this.leaveWaitlist = leaveWaitlist;
        this.waitlist = waitlist;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * @param doctorId whose line to join
     * @param mode may be left out when any will do
     * @param from earliest start that suits
     * @param to latest end that suits
     */
    record JoinRequest(
            @NotNull UUID doctorId,
            @Nullable Mode mode,
            @NotNull Instant from,
            @NotNull Instant to) {}

    /**
     * A patient's place in a doctor's line.
     *
     * @param mode how doctor and patient are to meet; absent when any will do
     * @param from earliest start that suits
     * @param to latest end that suits
     * @param status WAITING, OFFERED while a lock holds a slot for the patient, then CONFIRMED, EXPIRED or LEFT
     * @param slotLockId the lock that was offered last
     */
    @Schema(name = "WaitlistEntry")
    record WaitlistEntryView(
            UUID id,
            UUID doctorId,
            @Nullable Mode mode,
            Instant from,
            Instant to,
            WaitlistEntry.Status status,
            @Nullable UUID slotLockId) {
        static WaitlistEntryView of(WaitlistEntry entry) {
            return new WaitlistEntryView(
                    entry.id(),
                    entry.doctorId(),
                    entry.mode(),
                    entry.from(),
                    entry.to(),
                    entry.status(),
                    entry.slotLockId());
        }
    }

    /** Joins a doctor's line; a slot that suits is offered by a lock of 15 minutes and a message with its code. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({"already-waiting", "too-many-waitlist-entries", "not-found", "forbidden"})
    ResponseEntity<WaitlistEntryView> joinWaitlist(@Valid @RequestBody JoinRequest request, Caller caller) {
        check(request);
        var outcome = joinWaitlist.join(caller.id(), request.doctorId(), request.mode(), request.from(), request.to());
        return switch (outcome) {
            case JoinWaitlist.Outcome.Joined joined ->
                ResponseEntity.created(
                                URI.create("/api/v1/waitlist/" + joined.entry().id()))
                        .body(WaitlistEntryView.of(joined.entry()));
            case JoinWaitlist.Outcome.NoSuchDoctor _ -> throw ProblemException.notFound();
            case JoinWaitlist.Outcome.AlreadyWaiting _ ->
                throw new ProblemException(ALREADY_WAITING, "Leave the other place in line first");
            case JoinWaitlist.Outcome.TooMany most ->
                throw new ProblemException(
                        TOO_MANY_WAITLIST_ENTRIES,
                        "At most %d places in line at once; leave one".formatted(most.most()));
        };
    }

    private void check(JoinRequest request) {
        if (!request.from().isBefore(request.to())) {
            throw ProblemException.invalid("to", "must be after from");
        }
        if (!request.to().isAfter(clock.instant())) {
            throw ProblemException.invalid("to", "must lie ahead");
        }
        if (request.to().isAfter(request.from().plus(policies.longestRange()))) {
            throw ProblemException.invalid(
                    "to",
                    "must be at most %d days after from"
                            .formatted(policies.longestRange().toDays()));
        }
    }

    /** The caller's places in line and what became of them, the latest first. */
    @GetMapping
    Page<WaitlistEntryView> listWaitlist(PageRequest page, Caller caller) {
        return Page.of(
                        waitlist.list(caller.id(), page.limit(), after(page.cursor())),
                        page.limit(),
                        last -> Cursor.of(last.id().toString()))
                .map(WaitlistEntryView::of);
    }

    private static @Nullable UUID after(@Nullable Cursor cursor) {
        try {
            return cursor == null ? null : UUID.fromString(cursor.parts().getFirst());
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    /** Leaves the line; a slot that was offered goes to the next. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses("lock-confirmed")
    void leaveWaitlist(@PathVariable UUID id, Caller caller) {
        switch (leaveWaitlist.leave(caller.id(), id)) {
            case LEFT -> {}
            case NO_SUCH_ENTRY -> throw ProblemException.notFound();
            case CONFIRMED -> throw new ProblemException(LOCK_CONFIRMED, "Cancel the appointment instead");
        }
    }
}
