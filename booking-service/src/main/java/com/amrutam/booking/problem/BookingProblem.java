package com.amrutam.booking.problem;

import com.amrutam.kit.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way booking refuses what could be read. */
public enum BookingProblem implements ProblemType {
    SLOT_TAKEN(HttpStatus.CONFLICT, "The slot is taken"),
    OVERLAPPING_APPOINTMENT(HttpStatus.CONFLICT, "The patient has an appointment at that time"),
    TOO_MANY_APPOINTMENTS(HttpStatus.CONFLICT, "The patient has as many appointments ahead as allowed"),
    TOO_MANY_RESCHEDULES(HttpStatus.CONFLICT, "The appointment was moved as often as allowed"),
    TOO_MANY_WAITLIST_ENTRIES(HttpStatus.CONFLICT, "The patient waits for as many slots as allowed"),
    ALREADY_WAITING(HttpStatus.CONFLICT, "The patient waits for this doctor in that time already"),
    NOT_FULFILLED(HttpStatus.CONFLICT, "Only an appointment that took place can be reviewed"),
    ALREADY_REVIEWED(HttpStatus.CONFLICT, "The appointment was reviewed"),
    TOO_MANY_LOCKS(HttpStatus.CONFLICT, "The patient holds as many slots as allowed"),
    LOCK_CONFIRMED(HttpStatus.CONFLICT, "The lock has become an appointment"),
    LOCK_RELEASED(HttpStatus.CONFLICT, "The lock was given back or spent"),
    NOT_BOOKED(HttpStatus.CONFLICT, "The appointment does not stand any more"),
    LOCK_EXPIRED(HttpStatus.GONE, "The lock has run out"),
    MODE_REQUIRED(HttpStatus.UNPROCESSABLE_CONTENT, "The slot has several modes: choose one"),
    MODE_NOT_OFFERED(HttpStatus.UNPROCESSABLE_CONTENT, "The slot does not have this mode"),
    TOO_SOON(HttpStatus.UNPROCESSABLE_CONTENT, "The slot starts too soon to be held"),
    CODE_INCORRECT(HttpStatus.UNPROCESSABLE_CONTENT, "The code is not the one that was sent"),
    TOO_EARLY(HttpStatus.UNPROCESSABLE_CONTENT, "It is too early for that"),
    OTHER_DOCTOR(HttpStatus.UNPROCESSABLE_CONTENT, "An appointment moves to a slot of its own doctor only"),
    SAME_SLOT(HttpStatus.UNPROCESSABLE_CONTENT, "The appointment is in that slot already"),
    TOO_LATE(HttpStatus.UNPROCESSABLE_CONTENT, "It is too late for that");

    private final HttpStatus status;
    private final String title;

    BookingProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
