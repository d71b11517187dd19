package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running gateway in front of four services, and a client that can speak for many addresses, as in the local stack. */
@ExtendWith(LocalStack.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "amrutam.gateway.upstream.response-timeout=700ms",
            "amrutam.redis.cool-down=300ms",
            "amrutam.gateway.upstream.probe-interval=200ms",
            "amrutam.gateway.cors.allowed-origins=https://app.amrutam.com,https://*.amrutam.in",
            "server.tomcat.connection-timeout=700ms"
        })
@ActiveProfiles("local")
abstract class GatewayTest {
    static final JsonMapper JSON = new JsonMapper();
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Map<String, Upstream> UPSTREAMS = Stream.of("identity", "doctor", "booking", "notification")
            .collect(Collectors.toMap(name -> name, Upstream::new));

    /** Where a test has put a service instead, read when its context starts. */
    static final Map<String, String> ELSEWHERE = new ConcurrentHashMap<>();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        UPSTREAMS.forEach((name, upstream) ->
                registry.add("amrutam.gateway.services." + name, () -> ELSEWHERE.getOrDefault(name, upstream.url())));
    }

    @AfterEach
    void forgetAnswers() {
        UPSTREAMS.values().forEach(Upstream::forgetAnswers);
    }

    static Upstream upstream(String service) {
        return Objects.requireNonNull(UPSTREAMS.get(service));
    }

    /** An address nobody else in the test run has, so that limits of one test do not meet another's. */
    static String anAddress() {
        var random = ThreadLocalRandom.current();
        return "203.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    int port() {
        return port;
    }

    HttpRequest.Builder request(String method, String target, @Nullable String body) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .method(method, publisher);
        return body == null ? request : request.header("Content-Type", "application/json");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends from a fresh address. */
    HttpResponse<String> call(String method, String target, @Nullable String token) {
        var request = request(method, target, null).header("X-Forwarded-For", anAddress());
        return send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    /** Writes bytes as they are, for what no proper client would send, and reads until the gateway closes. */
    String raw(String text) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return readAll(socket.getInputStream());
        }
    }

    private static String readAll(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Checks that an answer is a problem document as DESIGN 5 has it. */
    static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = json(response);
        assertThat(problem.path("type").asString()).isEqualTo("https://api.amrutam.com/problems/" + code);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("instance").asString())
                .isEqualTo(response.request().uri().getRawPath());
        assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(response.headers().firstValue("X-Request-Id"))
                .hasValue(problem.path("traceId").asString());
        return problem;
    }
}
