package com.amrutam.gateway.export;

import com.amrutam.gateway.route.Routes;
import com.amrutam.gateway.upstream.Services;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.web.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/users/me/export}: no service asks another, so the gateway asks them all, with the person's own token.
 * An export with a part missing would be none: then the answer is 503.
 */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ExportConfiguration.class);
    private static final String PART = "/api/v1/export";
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Before the routes, of which one would pass it on to identity. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> export(Routes routes, Services services, JsonMapper json) {
        return RouterFunctions.route()
                .GET("/api/v1/users/me/export", request -> {
                    var parts = ask(request, routes, services);
                    var whole = new TreeMap<String, JsonNode>();
                    parts.forEach((service, part) -> whole.put(service, json.readTree(part)));
                    return ServerResponse.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"amrutam-export.json\"")
                            .body(whole);
                })
                .build();
    }

    private static Map<String, byte[]> ask(ServerRequest request, Routes routes, Services services)
            throws InterruptedException {
        String authorization = Objects.requireNonNull(
                request.headers().firstHeader(HttpHeaders.AUTHORIZATION), "the route needs a token");
        var headers = new HashMap<String, String>();
        headers.put(HttpHeaders.AUTHORIZATION, authorization);
        headers.put(Trace.HEADER, Trace.current().traceparent());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new LinkedHashMap<String, Future<byte[]>>();
            routes.services()
                    .forEach(service -> asked.put(service, threads.submit(() -> services.get(service, PART, headers))));
            var parts = new LinkedHashMap<String, byte[]>();
            for (var part : asked.entrySet()) {
                parts.put(part.getKey(), part.getValue().get());
            }
            return parts;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException(e);
            }
            log.atWarn().addKeyValue("cause", String.valueOf(e.getCause())).log("A part of an export could not be had");
            throw new ProblemException(CommonProblem.SERVICE_UNAVAILABLE, "Not all services answer right now")
                    .retryAfter(RETRY);
        }
    }
}
