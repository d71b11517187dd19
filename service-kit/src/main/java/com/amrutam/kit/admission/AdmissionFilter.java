package com.amrutam.kit.admission;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a request at once where it could only queue. */
final class AdmissionFilter extends OncePerRequestFilter {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Semaphore places;
    private final RequestMatcher uncounted;
    private final Problems problems;

    AdmissionFilter(AdmissionProperties properties, Problems problems) {
        this.places = new Semaphore(properties.requests());
        this.uncounted = new OrRequestMatcher(properties.uncounted().stream()
                .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
                .toList());
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return uncounted.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            problems.write(
                    request,
                    response,
                    new ProblemException(
                                    CommonProblem.SERVICE_UNAVAILABLE, "More requests are under way than can be served")
                            .retryAfter(RETRY));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
