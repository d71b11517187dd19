package com.amrutam.gateway.docs;

import com.amrutam.gateway.route.Routes;
import com.amrutam.gateway.upstream.Services;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole API's OpenAPI document, put together of what each service says of itself. A service that is away is described
 * by what it said last.
 */
@Component
class ApiDocument {
    private static final Logger log = LoggerFactory.getLogger(ApiDocument.class);
    private static final String OWN_DOCUMENT = "/openapi";
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Routes routes;
    private final Services services;
    private final JsonMapper json;
    private final Merge merge;
    private final Map<String, JsonNode> lastKnown = new ConcurrentHashMap<>();
    private final LoadingCache<String, byte[]> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT).build(_ -> merged());

    ApiDocument(Routes routes, Services services, JsonMapper json) {
        this.routes = routes;
        this.services = services;
        this.json = json;
        this.merge = new Merge(json, frame(json), routes::isRouted, routes::isPublic);
    }

    private static ObjectNode frame(JsonMapper json) {
        try (var file = new ClassPathResource("docs/openapi-frame.json").getInputStream()) {
            return (ObjectNode) json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The document as JSON.
     *
     * @throws ProblemException {@code service-unavailable} when a service is away that has never been heard of
     */
    byte[] asJson() {
        return kept.get("");
    }

    private byte[] merged() {
        var documents =
                routes.services().stream().sorted().map(this::documentOf).toList();
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(merge.of(documents));
    }

    private JsonNode documentOf(String service) {
        try {
            var document = json.readTree(services.get(service, OWN_DOCUMENT, Map.of()));
            lastKnown.put(service, document);
            return document;
        } catch (IOException | JacksonException e) {
            log.atWarn()
                    .addKeyValue("upstream", service)
                    .addKeyValue("cause", e.toString())
                    .log("A service's part of the documentation could not be read");
            var known = lastKnown.get(service);
            if (known == null) {
                throw new ProblemException(
                                CommonProblem.SERVICE_UNAVAILABLE,
                                "The documentation of a service cannot be had right now")
                        .retryAfter(RETRY);
            }
            return known;
        }
    }
}
