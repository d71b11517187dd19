package com.amrutam.doctor;

import com.amrutam.kit.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The refusals only this service gives. */
public enum DoctorProblem implements ProblemType {
    PROFILE_MISSING(HttpStatus.CONFLICT, "A doctor needs a profile before a schedule");

    private final HttpStatus status;
    private final String title;

    DoctorProblem(HttpStatus status, String title) {
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
