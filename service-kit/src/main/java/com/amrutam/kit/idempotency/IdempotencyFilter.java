package com.amrutam.kit.idempotency;

import com.amrutam.kit.idempotency.KeptAnswers.KeptAnswer;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import com.amrutam.kit.web.BufferedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a changing request with an {@code Idempotency-Key} (IETF draft-ietf-httpapi-idempotency-key-header) happen once.
 *
 * <p>The whole request runs in one transaction that also keeps its answer, refusals included: either both are there
 * after a crash or neither is. The answer leaves only after the commit. Server errors are not kept, so that a retry
 * may do better.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KeptAnswers answers;
    private final TransactionTemplate transaction;
    private final Problems problems;
    private final List<String> excludedPaths;

    IdempotencyFilter(
            KeptAnswers answers, TransactionTemplate transaction, Problems problems, List<String> excludedPaths) {
        this.answers = answers;
        this.transaction = transaction;
        this.problems = problems;
        this.excludedPaths = excludedPaths;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !CHANGING.contains(request.getMethod())
                || excludedPaths.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = Objects.requireNonNull(request.getHeader(HEADER));
        if (!KEY.matcher(key).matches()) {
            var message = "must be 1 to 255 visible ASCII characters";
            refuse(request, response, CommonProblem.MALFORMED_REQUEST, HEADER + " " + message, message);
            return;
        }
        var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            refuse(request, response, CommonProblem.PAYLOAD_TOO_LARGE, "At most 1 MiB is read", null);
            return;
        }
        var buffered = new ContentCachingResponseWrapper(response);
        try {
            var refusal = transaction.execute(
                    status -> once(key, body, new BufferedRequest(request, body), buffered, chain, status));
            if (refusal != null) {
                problems.write(request, response, refusal);
                return;
            }
        } catch (UnexpectedRollbackException e) {
            // The use case gave up and rolled back: nothing changed, nothing is kept, and its answer says so.
            log.atDebug().setCause(e).log("A request with an Idempotency-Key rolled back");
        } catch (TransactionException | DataAccessException e) {
            log.atWarn().setCause(e).log("The database did not answer; the client is asked to try again");
            problems.write(
                    request,
                    response,
                    new ProblemException(CommonProblem.SERVICE_UNAVAILABLE, "The database does not answer right now")
                            .retryAfter(RETRY));
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ChainFailure e) {
            throw e.servletException();
        }
        buffered.copyBodyToResponse();
    }

    private @Nullable ProblemException once(
            String key,
            byte[] body,
            HttpServletRequest request,
            ContentCachingResponseWrapper response,
            FilterChain chain,
            TransactionStatus status) {
        var caller = caller();
        if (!answers.claim(caller, key)) {
            return new ProblemException(
                            CommonProblem.REQUEST_IN_PROGRESS, "The first request with this key has not ended yet")
                    .retryAfter(RETRY);
        }
        var fingerprint = fingerprint(request, body);
        var kept = answers.find(caller, key);
        if (kept.isPresent()) {
            if (!MessageDigest.isEqual(kept.get().fingerprint(), fingerprint)) {
                return new ProblemException(
                        CommonProblem.IDEMPOTENCY_KEY_REUSED, "Use a new key for a request that differs");
            }
            replay(kept.get(), response);
            return null;
        }
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new ChainFailure(e);
        }
        if (response.getStatus() >= 500) {
            status.setRollbackOnly();
        } else if (!status.isRollbackOnly()) {
            answers.keep(
                    caller,
                    key,
                    new KeptAnswer(
                            fingerprint,
                            response.getStatus(),
                            response.getContentType(),
                            response.getHeader(HttpHeaders.LOCATION),
                            response.getHeader(HttpHeaders.ETAG),
                            response.getContentAsByteArray()));
        }
        return null;
    }

    private static void replay(KeptAnswer answer, ContentCachingResponseWrapper response) {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.etag() != null) {
            response.setHeader(HttpHeaders.ETAG, answer.etag());
        }
        try {
            response.getOutputStream().write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            CommonProblem problem,
            String detail,
            @Nullable String fieldMessage)
            throws IOException {
        var errors = fieldMessage == null ? List.<FieldError>of() : List.of(new FieldError(HEADER, fieldMessage));
        problems.write(request, response, new ProblemException(problem, detail, errors));
    }

    /** Keys of different people never meet; those without a token share one space, told apart by their bodies. */
    private static String caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? "anonymous" : authentication.getName();
    }

    private static byte[] fingerprint(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var target = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n";
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** Carries a checked exception out of the transaction, which rolls back for it. */
    private static final class ChainFailure extends RuntimeException {
        ChainFailure(ServletException cause) {
            super(cause);
        }

        ServletException servletException() {
            return (ServletException) Objects.requireNonNull(getCause());
        }
    }
}
