package com.amrutam.kit.problem;

import com.amrutam.kit.web.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/** Builds problem documents, and writes them where no controller is near: in filters and the servlet container. */
public final class Problems {
    private final JsonMapper json;
    private final MeterRegistry metrics;

    Problems(JsonMapper json, MeterRegistry metrics) {
        this.json = json;
        this.metrics = metrics;
    }

    /** The document for one refusal of a request; each is counted by its code. */
    ProblemDetail document(ProblemException refusal, String path) {
        var type = refusal.type();
        metrics.counter("amrutam.refusals", "code", type.code()).increment();
        var problem = ProblemDetail.forStatusAndDetail(type.status(), String.valueOf(refusal.getMessage()));
        problem.setType(type.type());
        problem.setTitle(type.title());
        problem.setInstance(instance(path));
        problem.setProperty("code", type.code());
        problem.setProperty("traceId", Trace.current().traceId());
        if (!refusal.errors().isEmpty()) {
            problem.setProperty("errors", refusal.errors());
        }
        refusal.members().forEach(problem::setProperty);
        return problem;
    }

    /** Answers a request with a problem; only where Spring MVC's advice cannot. */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemException refusal)
            throws IOException {
        var type = refusal.type();
        var problem = document(refusal, request.getRequestURI());
        var wait = refusal.retryAfter();
        if (wait != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds())));
        }
        response.setStatus(type.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    /** The path asked for; a path that is no URI (Tomcat hands some through) is escaped rather than trusted. */
    private static URI instance(String path) {
        try {
            return URI.create(path);
        } catch (IllegalArgumentException e) {
            return URI.create(UriUtils.encodePath(path, StandardCharsets.UTF_8));
        }
    }
}
