package com.amrutam.kit.security;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a request whose token is neither valid nor invalid, since identity's keys could not be had. */
public final class UncheckableTokens {
    private static final Logger log = LoggerFactory.getLogger(UncheckableTokens.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Problems problems;

    UncheckableTokens(Problems problems) {
        this.problems = problems;
    }

    /** Answers 503 with Retry-After, and logs why. */
    public void refuse(HttpServletRequest request, HttpServletResponse response, @Nullable Throwable cause)
            throws IOException {
        log.atWarn()
                .addKeyValue("cause", String.valueOf(cause))
                .log("Tokens cannot be checked; the client is asked to try again");
        problems.write(
                request,
                response,
                new ProblemException(CommonProblem.SERVICE_UNAVAILABLE, "Access tokens cannot be checked right now")
                        .retryAfter(RETRY));
    }
}
