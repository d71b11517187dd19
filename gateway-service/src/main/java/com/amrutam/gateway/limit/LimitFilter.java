package com.amrutam.gateway.limit;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import com.amrutam.kit.security.UncheckableTokens;
import com.amrutam.kit.web.BufferedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts each request against the one limit it falls under, tells the client where it stands and refuses what is too
 * much. What load balancers, token checkers and readers of the docs ask for is not counted.
 */
final class LimitFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(LimitFilter.class);
    private static final int MAX_CODE_REQUEST_BYTES = 4 * 1024;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final RequestMatcher UNCOUNTED =
            anyOf("/health", "/actuator/**", "/.well-known/jwks.json", "/docs", "/docs/**", "/openapi.json");
    private static final RequestMatcher BOOKING = anyOf("/api/v1/slot-locks/**", "/api/v1/appointments/**");
    private static final RequestMatcher RECEIPTS = anyOf("/api/v1/notifications/receipts/*");
    private static final RequestMatcher CODE_REQUEST =
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/api/v1/auth/otp");
    private static final RequestMatcher CODE_USE =
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/api/v1/auth/token");

    private final RateLimits limits;
    private final Limit auth;
    private final Limit booking;
    private final Limit api;
    private final Limit receipts;
    private final Callers callers;
    private final UncheckableTokens uncheckable;
    private final Problems problems;
    private final JsonMapper json;

    LimitFilter(
            RateLimits limits,
            LimitProperties properties,
            Callers callers,
            UncheckableTokens uncheckable,
            Problems problems,
            JsonMapper json) {
        this.limits = limits;
        this.auth = Limit.of("auth", properties.auth());
        this.booking = Limit.of("booking", properties.booking());
        this.api = Limit.of("api", properties.api());
        this.receipts = Limit.of("receipts", properties.receipts());
        this.callers = callers;
        this.uncheckable = uncheckable;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return UNCOUNTED.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (CODE_REQUEST.matches(request)) {
            var body = request.getInputStream().readNBytes(MAX_CODE_REQUEST_BYTES + 1);
            if (body.length > MAX_CODE_REQUEST_BYTES) {
                problems.write(
                        request,
                        response,
                        new ProblemException(CommonProblem.PAYLOAD_TOO_LARGE, "At most 4 KiB are read here"));
                return;
            }
            pass(codeRequest(request, body), new BufferedRequest(request, body), response, chain);
            return;
        }
        try {
            pass(verdict(request), request, response, chain);
        } catch (TokensUncheckable e) {
            uncheckable.refuse(request, response, e.getCause());
        }
    }

    private void pass(Verdict verdict, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("RateLimit-Policy", verdict.limit().policy());
        response.setHeader("RateLimit", verdict.state());
        if (verdict.allowed()) {
            chain.doFilter(request, response);
            return;
        }
        log.atInfo().addKeyValue("limit", verdict.limit().name()).log("A request was over its limit");
        var limit = verdict.limit();
        problems.write(
                request,
                response,
                new ProblemException(
                                CommonProblem.TOO_MANY_REQUESTS,
                                "The limit %s is %d requests in %d seconds"
                                        .formatted(
                                                limit.name(),
                                                limit.requests(),
                                                limit.period().toSeconds()))
                        .retryAfter(Duration.ofSeconds(verdict.resetSeconds())));
    }

    private Verdict verdict(HttpServletRequest request) {
        if (CODE_USE.matches(request)) {
            return limits.take(auth, "token:" + address(request));
        }
        if (RECEIPTS.matches(request)) {
            return limits.take(receipts, "address:" + address(request));
        }
        var user = user(request);
        if (user.isEmpty()) {
            return limits.take(api, "address:" + address(request));
        }
        boolean changesBookings = !SAFE.contains(request.getMethod()) && BOOKING.matches(request);
        return limits.take(changesBookings ? booking : api, "user:" + user.get());
    }

    /** Both must have room. The address comes first, so that one address cannot use up the phones of others. */
    private Verdict codeRequest(HttpServletRequest request, byte[] body) {
        var byAddress = limits.take(auth, "otp:" + address(request));
        if (!byAddress.allowed()) {
            return byAddress;
        }
        return phone(body)
                .map(phone -> byAddress.stricter(limits.take(auth, "phone:" + digest(phone))))
                .orElse(byAddress);
    }

    private Optional<String> user(HttpServletRequest request) {
        try {
            return callers.userOf(request);
        } catch (JwtException e) {
            throw new TokensUncheckable(e);
        }
    }

    /** The digits alone, so that spaces and dashes do not make one phone many. A body without a phone is refused by identity. */
    private Optional<String> phone(byte[] body) {
        try {
            var digits = json.readTree(body).path("phone").asString("").replaceAll("[^0-9]", "");
            return digits.isEmpty() ? Optional.empty() : Optional.of(digits);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Phone numbers do not belong into Redis in clear. */
    private static String digest(String phone) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(phone.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** An IPv6 client has a whole /64 to choose its address from, so that is what is counted. */
    private static String address(HttpServletRequest request) {
        var address = InetAddress.ofLiteral(request.getRemoteAddr());
        return address instanceof Inet6Address v6
                ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8)) + "::/64"
                : address.getHostAddress();
    }

    private static RequestMatcher anyOf(String... patterns) {
        return new OrRequestMatcher(List.of(patterns).stream()
                .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
                .toList());
    }

    /** Neither valid nor invalid: the signing keys could not be had. */
    private static final class TokensUncheckable extends RuntimeException {
        TokensUncheckable(JwtException cause) {
            super(cause);
        }
    }
}
