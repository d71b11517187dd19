package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.web.Trace;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With OpenTelemetry's agent attached, as in the image: the spans of a request, of its way through outbox and Kafka and of the
 * listener at the other end are one trace.
 */
@ExtendWith(LocalStack.class)
class AgentTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** Of OTLP's SpanKind. */
    private static final int CONSUMER = 5;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private record Span(String traceId, String id, String parentId, boolean isConsumer, String name) {}

    @Test
    void request_outbox_kafka_and_listener_are_one_trace() throws Exception {
        var log = directory.resolve("service.log");
        int port = freePort();
        var service = start(port, log);
        try (var probe = EventProbe.fromNow()) {
            await().atMost(Duration.ofSeconds(90)).until(() -> !service.isAlive() || isReady(port));
            assertThat(service.isAlive()).as(() -> read(log)).isTrue();

            var caller = Trace.start();
            var slotId = UUID.randomUUID();
            assertThat(release(port, slotId, caller)).isEqualTo(201);
            probe.await(SlotReleased.class, event -> event.getSlotId().equals(slotId));
            var sent = traceOf(probe, slotId);
            var eventId = probe.send(UserErased.newBuilder()
                    .setUserId(slotId)
                    .setErasedAt(Instant.EPOCH)
                    .build());
            var heard = eventId.toString().replace("-", "");

            var request = awaitSpan(log, span -> span.parentId().equals(caller.spanId()));
            assertThat(request.traceId()).isEqualTo(caller.traceId());
            assertThat(sent.traceId()).isEqualTo(caller.traceId());
            var publish = awaitSpan(log, span -> span.id().equals(sent.spanId()));
            assertThat(ancestors(log, publish)).contains(request);
            var listener = awaitSpan(log, span -> span.traceId().equals(heard) && span.isConsumer());
            assertThat(listener.parentId()).isEqualTo("%016x".formatted(eventId.getLeastSignificantBits()));
            var insert = awaitSpan(
                    log, span -> span.traceId().equals(heard) && span.name().startsWith("INSERT"));
            assertThat(ancestors(log, insert)).contains(listener);
        } finally {
            service.destroyForcibly();
        }
    }

    /** Under a role and schema of its own: beside other instances it would only sometimes be the one that relays. */
    private static Process start(int port, Path log) throws IOException {
        var settings = Stream.of(
                        "amrutam.datasource.url",
                        "amrutam.datasource.password",
                        "amrutam.outbox.relay.password",
                        "spring.kafka.bootstrap-servers",
                        "amrutam.schema-registry.url",
                        "amrutam.redis.url",
                        "amrutam.security.jwk-set-uri")
                .map(name -> "-D" + name + "=" + System.getProperty(name));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:target/agent/opentelemetry-javaagent.jar",
                "-Dotel.traces.exporter=experimental-otlp/stdout",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.bsp.schedule.delay=200",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        settings.forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "org.springframework.boot.SpringApplication",
                "--spring.main.sources=" + SampleService.class.getName(),
                "--spring.application.name=doctor",
                "--spring.profiles.active=" + SampleService.ELSEWHERE,
                "--server.port=" + port));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(int port) throws InterruptedException {
        try {
            return get(port, "/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int release(int port, UUID slotId, Trace caller) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/releases"))
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), "PATIENT"))
                .header("Content-Type", "application/json")
                .header(Trace.HEADER, caller.traceparent())
                .POST(HttpRequest.BodyPublishers.ofString("{\"slotId\":\"" + slotId + "\",\"count\":1}"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Trace traceOf(EventProbe probe, UUID slotId) {
        return probe.arrivals().stream()
                .filter(arrival -> arrival.event() instanceof SlotReleased released
                        && released.getSlotId().equals(slotId))
                .map(arrival -> Trace.named(arrival.headers().get(Trace.HEADER)))
                .findFirst()
                .orElseThrow();
    }

    private static Span awaitSpan(Path log, Predicate<Span> wanted) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(spans(log)).anyMatch(wanted));
        return spans(log).stream().filter(wanted).findFirst().orElseThrow();
    }

    private static List<Span> ancestors(Path log, Span span) {
        var all = spans(log);
        return Stream.iterate(
                        all.stream()
                                .filter(one -> one.id().equals(span.parentId()))
                                .findFirst(),
                        Optional::isPresent,
                        found -> all.stream()
                                .filter(one ->
                                        one.id().equals(found.orElseThrow().parentId()))
                                .findFirst())
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Span> spans(Path log) {
        var spans = new ArrayList<Span>();
        read(log).lines().filter(line -> line.startsWith("{\"resourceSpans\"")).forEach(line -> {
            for (var spansOfAScope : JSON.readTree(line).findValues("spans")) {
                for (var span : spansOfAScope) {
                    spans.add(new Span(
                            text(span, "traceId"),
                            text(span, "spanId"),
                            text(span, "parentSpanId"),
                            span.path("kind").asInt() == CONSUMER,
                            text(span, "name")));
                }
            }
        });
        return spans;
    }

    private static String text(JsonNode span, String field) {
        return span.path(field).asString("");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
