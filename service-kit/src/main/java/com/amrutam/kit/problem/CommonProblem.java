package com.amrutam.kit.problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The refusals that any route of any service may answer with. */
public enum CommonProblem implements ProblemType {
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    INVALID_CURSOR(HttpStatus.BAD_REQUEST, "The cursor is not one this list has given out"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid access token is needed"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller's roles do not allow this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here, or nothing the caller may see"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource does not know this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The resource has no representation of the wanted type"),
    REQUEST_IN_PROGRESS(HttpStatus.CONFLICT, "A request with the same Idempotency-Key is still running"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The resource has changed since it was read"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of a type the resource does not read"),
    VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "Some values are not acceptable"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request headers are too large"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
    BAD_GATEWAY(HttpStatus.BAD_GATEWAY, "A service gave no usable answer"),
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot do this right now"),
    GATEWAY_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "A service did not answer in time");

    private final HttpStatus status;
    private final String title;

    CommonProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The problem that says no more than this status does: the first of the catalogue, else the nearest class. */
    public static CommonProblem of(HttpStatusCode status) {
        for (var problem : values()) {
            if (problem.status.value() == status.value()) {
                return problem;
            }
        }
        return status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
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
