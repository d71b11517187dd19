package com.amrutam.kit.problem;

import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever a controller threw into a problem document. What nobody expected is logged once and says nothing. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** How long a client is asked to wait for a database that is failing over. */
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(ProblemException refusal, WebRequest request) {
        return answer(refusal, new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(ConstraintViolationException e, WebRequest request) {
        var errors = e.getConstraintViolations().stream()
                .map(violation -> new FieldError(violation.getPropertyPath().toString(), violation.getMessage()))
                .toList();
        return answer(validationFailed(errors), new HttpHeaders(), request);
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        RecoverableDataAccessException.class,
        // No connection free in time, a timeout, a deadlock: the same again may well succeed.
        TransientDataAccessException.class,
        TransactionSystemException.class
    })
    ResponseEntity<Object> databaseAway(Exception e, WebRequest request) {
        log.atWarn().setCause(e).log("The database did not answer; the client is asked to try again");
        var refusal = new ProblemException(CommonProblem.SERVICE_UNAVAILABLE, "The database does not answer right now")
                .retryAfter(DATABASE_RETRY);
        return answer(refusal, new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        log.atError().setCause(e).addKeyValue("path", path(request)).log("A request failed in a way nobody expected");
        return answer(
                new ProblemException(CommonProblem.INTERNAL_ERROR, "The trace id leads us to what happened"),
                new HttpHeaders(),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(e.getCause()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getBindingResult().getAllErrors().stream()
                .map(error -> new FieldError(
                        error instanceof org.springframework.validation.FieldError field
                                ? field.getField()
                                : error.getObjectName(),
                        Objects.requireNonNullElse(error.getDefaultMessage(), "is not acceptable")))
                .toList();
        return answer(validationFailed(errors), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                Objects.requireNonNullElse(
                                        result.getMethodParameter().getParameterName(), "parameter"),
                                Objects.requireNonNullElse(error.getDefaultMessage(), "is not acceptable"))))
                .toList();
        return answer(validationFailed(errors), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(malformed(e.getParameterName(), "is required"), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(e.getPropertyName(), "parameter");
        var wanted = e.getRequiredType();
        return answer(
                malformed(name, "is not a valid " + (wanted == null ? "value" : readable(wanted))), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var type = CommonProblem.of(status);
        if (type.status().is5xxServerError()) {
            log.atError().setCause(e).addKeyValue("path", path(request)).log("A request could not be answered");
        }
        // Spring's own detail (such as "Method 'PUT' is not supported.") is fit for clients; a 5xx says no more.
        var detail = e instanceof ErrorResponse response
                        && !type.status().is5xxServerError()
                        && response.getBody().getDetail() instanceof String text
                ? text
                : type.title();
        return answer(new ProblemException(type, detail), headers, request);
    }

    private ResponseEntity<Object> answer(ProblemException refusal, HttpHeaders headers, WebRequest request) {
        ProblemDetail body = problems.document(refusal, path(request));
        var all = new HttpHeaders();
        all.putAll(headers);
        var wait = refusal.retryAfter();
        if (wait != null) {
            all.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds())));
        }
        return ResponseEntity.status(refusal.type().status()).headers(all).body(body);
    }

    private static ProblemException validationFailed(List<FieldError> errors) {
        return new ProblemException(CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
    }

    private static ProblemException malformed(String field, String message) {
        return new ProblemException(
                CommonProblem.MALFORMED_REQUEST, field + " " + message, List.of(new FieldError(field, message)));
    }

    /** Says where the JSON went wrong, and never echoes what was sent: it may be a code or a phone number. */
    private static ProblemException unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e -> malformed(field(e), "is not a known field");
            case InvalidFormatException e -> malformed(field(e), "is not a valid " + readable(e.getTargetType()));
            case MismatchedInputException e
            when !e.getPath().isEmpty() ->
                malformed(
                        field(e),
                        e.getTargetType() == null
                                ? "has the wrong type"
                                : "is missing or is not a valid " + readable(e.getTargetType()));
            case null, default ->
                new ProblemException(CommonProblem.MALFORMED_REQUEST, "The body is not the JSON document wanted here");
        };
    }

    private static String field(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String readable(Class<?> type) {
        if (type.isEnum()) {
            return "value, one of "
                    + String.join(
                            ", ",
                            java.util.Arrays.stream(type.getEnumConstants())
                                    .map(Object::toString)
                                    .toList());
        }
        return switch (type.getSimpleName()) {
            case "UUID" -> "UUID";
            case "Instant" -> "instant such as 2026-11-23T09:30:00Z";
            case "int", "Integer", "long", "Long" -> "whole number";
            case "boolean", "Boolean" -> "boolean";
            case "List", "ArrayList", "Set", "HashSet" -> "list";
            case "String" -> "string";
            case String name -> name;
        };
    }

    private static String path(WebRequest request) {
        return ((ServletWebRequest) request).getRequest().getRequestURI();
    }
}
