package com.amrutam.localstack.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The REST API as one person calls it: with an address of their own, and once logged in with their token. */
public final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI base;
    private final String clientAddress;
    private @Nullable String accessToken;

    /** What came back. */
    public record Answer(String call, int status, JsonNode body, Duration took) {
        /**
         * This answer, if the call did what it should.
         *
         * @throws Refused when it did not
         */
        public Answer expect(int expected) {
            if (status != expected) {
                throw new Refused(this);
            }
            return this;
        }

        public String text(String field) {
            return body.path(field).asText();
        }
    }

    /** The API said no where a yes was expected. */
    static final class Refused extends IllegalStateException {
        Refused(Answer answer) {
            super("%s answered %d: %s".formatted(answer.call(), answer.status(), answer.body()));
        }
    }

    Api(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
        // From the range set aside for benchmarks (RFC 2544): rate limits see a stranger each time.
        var random = ThreadLocalRandom.current();
        this.clientAddress = "198.18.%d.%d".formatted(random.nextInt(256), random.nextInt(1, 255));
    }

    void accessToken(String token) {
        this.accessToken = token;
    }

    public Answer get(String path) throws InterruptedException {
        return call("GET", path, null);
    }

    public Answer post(String path, @Nullable Object body) throws InterruptedException {
        return call("POST", path, body);
    }

    public Answer put(String path, Object body) throws InterruptedException {
        return call("PUT", path, body);
    }

    private Answer call(String method, String path, @Nullable Object body) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", clientAddress);
        if (accessToken != null) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        var begun = System.nanoTime();
        try {
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return new Answer(method + " " + path, response.statusCode(), json(response.body()), took);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + base + path + " failed: " + e, e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }
}
