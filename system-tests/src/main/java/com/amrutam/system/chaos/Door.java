package com.amrutam.system.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way in, as a load balancer makes it: turn by turn to each gateway, and past one that takes no connection. */
final class Door {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /** Who hears nothing for so long tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<URI> gateways;

    Door(List<URI> gateways) {
        this.gateways = gateways;
    }

    /**
     * What came back.
     *
     * @param status 0 when nothing did
     */
    record Answer(int status, JsonNode body) {
        static final Answer NONE = new Answer(0, MissingNode.getInstance());

        /** Somebody decided: yes or no. Who is not known is told neither. */
        boolean isDefinite() {
            return status > 0 && status < 500 && status != 401;
        }

        String text(String field) {
            return body.path(field).asText();
        }
    }

    Answer call(String method, String path, @Nullable Object body, Map<String, String> headers)
            throws InterruptedException {
        int first = turn.getAndIncrement();
        for (int number = 0; number < gateways.size(); number++) {
            var gateway = gateways.get(Math.floorMod(first + number, gateways.size()));
            try {
                return ask(gateway, method, path, body, headers);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                // It never arrived: the next one may have it.
            } catch (IOException e) {
                return Answer.NONE;
            }
        }
        return Answer.NONE;
    }

    private Answer ask(URI gateway, String method, String path, @Nullable Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        JSON.valueToTree(body).toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), json(response.body()));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }
}
