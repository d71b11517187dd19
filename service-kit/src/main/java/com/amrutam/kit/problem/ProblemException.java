package com.amrutam.kit.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a problem document. Thrown by controllers, which turn a use case's refusal into it; use cases
 * themselves return refusals as values, so that what they wrote (a spent attempt, say) commits.
 */
public final class ProblemException extends RuntimeException {
    private final transient ProblemType type;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient List<FieldError> errors;
    private @Nullable Duration retryAfter;

    /**
     * @param type the kind of refusal
     * @param detail what happened this time, for the developer; never a secret and never personal data
     */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** A refusal of bad input that names each wrong field. */
    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        // Refusals are ordinary answers: no stack trace is kept.
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** A 422 for one field that is readable but not acceptable. */
    public static ProblemException invalid(String field, String message) {
        return new ProblemException(
                CommonProblem.VALIDATION_FAILED, field + " " + message, List.of(new FieldError(field, message)));
    }

    /** The 404 for what is not there or belongs to somebody else; the two look the same on purpose. */
    public static ProblemException notFound() {
        return new ProblemException(CommonProblem.NOT_FOUND, CommonProblem.NOT_FOUND.title());
    }

    /** Adds a member of this problem type, such as {@code alternatives} or {@code attemptsRemaining}. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Says when to try again: the {@code Retry-After} header and the member {@code retryAfter}, in seconds. */
    public ProblemException retryAfter(Duration wait) {
        retryAfter = wait;
        return with("retryAfter", Math.max(1, wait.toSeconds()));
    }

    public ProblemType type() {
        return type;
    }

    public Map<String, Object> members() {
        return members;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
