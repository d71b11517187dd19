package com.amrutam.doctor;

import com.amrutam.localstack.junit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as clients see it: over HTTP. */
@Lazy
public class Service {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final Environment environment;

    public Service(Environment environment) {
        this.environment = environment;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The answer, which has to be a success. */
        public JsonNode ok() {
            if (status() != 200) {
                throw new AssertionError(response.request().method() + " " + response.uri() + " was answered "
                        + status() + ": " + response.body());
            }
            return json();
        }

        @Override
        public String toString() {
            return status() + " " + response.body();
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, null);
    }

    public Answer get(String path, String token) {
        return send("GET", path, token, null);
    }

    public Answer put(String path, String token, String body, String... headers) {
        return send("PUT", path, token, body, headers);
    }

    public Answer post(String path, String token, String... headers) {
        return send("POST", path, token, "", headers);
    }

    /** Any request; the path is below {@code /api/v1}. */
    public Answer send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var port = environment.getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String doctor(UUID id) {
        return TestIssuer.token(id, "DOCTOR");
    }

    public static String administrator() {
        return TestIssuer.token(UUID.randomUUID(), "ADMIN");
    }
}
