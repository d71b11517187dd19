package com.amrutam.identity;

import com.amrutam.kit.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The refusals only this service gives. */
public enum IdentityProblem implements ProblemType {
    RESEND_TOO_SOON(HttpStatus.TOO_MANY_REQUESTS, "A code was sent to this phone a moment ago"),
    TOO_MANY_CODES(HttpStatus.TOO_MANY_REQUESTS, "No more codes are sent there, or to whom asks, today"),
    CODE_INCORRECT(HttpStatus.UNAUTHORIZED, "The code is not the one that was sent"),
    CHALLENGE_EXPIRED(HttpStatus.UNAUTHORIZED, "The code can no longer be used; ask for a new one"),
    NEXT_KEY_TOO_NEW(HttpStatus.CONFLICT, "The next signing key has not been published for long enough"),
    EMAIL_MISSING(HttpStatus.CONFLICT, "There is no e-mail address that waits to be verified"),
    APPOINTMENTS_AHEAD(HttpStatus.CONFLICT, "There are appointments ahead; cancel them first"),
    REFRESH_TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "The refresh token is unknown, expired or logged out"),
    REFRESH_TOKEN_REUSED(HttpStatus.UNAUTHORIZED, "The refresh token was used before, so its session is ended");

    private final HttpStatus status;
    private final String title;

    IdentityProblem(HttpStatus status, String title) {
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
