package com.amrutam.localstack.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The REST API as one person calls it: with an address of their own, and once logged in with their token. */
public final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int ADDRESSES = 2 * 256 * 254;

    /** Another beginning for each process; at random each time, two people would soon share an address. */
    private static final AtomicInteger NEXT_ADDRESS =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(ADDRESSES));

    private final HttpClient http;
    private final URI base;
    private final String clientAddress;
    private @Nullable String accessToken;

    /**
     * What came back.
     *
     * @param body the JSON, or text that is none
     */
    public record Answer(String call, int status, HttpHeaders headers, JsonNode body, Duration took) {
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

    public Api(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
        this.clientAddress = nextAddress();
    }

    /** From the range set aside for benchmarks (RFC 2544), one after the other: rate limits see a stranger each time. */
    private static String nextAddress() {
        int number = Math.floorMod(NEXT_ADDRESS.getAndIncrement(), ADDRESSES);
        return "198.%d.%d.%d".formatted(18 + number / (256 * 254), number / 254 % 256, number % 254 + 1);
    }

    /** The token of whoever calls from here on. */
    public void accessToken(String token) {
        this.accessToken = token;
    }

    public Answer get(String path) throws InterruptedException {
        return send("GET", path, null, Map.of());
    }

    public Answer post(String path, Object body) throws InterruptedException {
        return send("POST", path, JSON.valueToTree(body).toString(), Map.of());
    }

    public Answer post(String path) throws InterruptedException {
        return send("POST", path, null, Map.of());
    }

    public Answer put(String path, Object body) throws InterruptedException {
        return send("PUT", path, JSON.valueToTree(body).toString(), Map.of());
    }

    public Answer delete(String path) throws InterruptedException {
        return send("DELETE", path, null, Map.of());
    }

    /**
     * Any request, also one that is wrong.
     *
     * @param body sent as it is
     * @param headers replace those that are sent otherwise
     */
    public Answer send(String method, String path, @Nullable String body, Map<String, String> headers)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .setHeader("Accept", "application/json")
                .setHeader("X-Forwarded-For", clientAddress)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (accessToken != null) {
            request.setHeader("Authorization", "Bearer " + accessToken);
        }
        headers.forEach(request::setHeader);
        var begun = System.nanoTime();
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return new Answer(
                    method + " " + path, response.statusCode(), response.headers(), json(response.body()), took);
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
