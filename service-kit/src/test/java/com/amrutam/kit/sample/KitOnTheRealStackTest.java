package com.amrutam.kit.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.kit.outbox.Outbox;
import com.amrutam.kit.sample.SampleService.ReleaseSlot;
import com.amrutam.kit.sample.SampleService.SampleController;
import com.amrutam.kit.sample.SampleService.WithdrawnListener;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(LocalStack.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KitOnTheRealStackTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static EventProbe probe;

    @LocalServerPort
    private int port;

    private final ReleaseSlot releaseSlot;
    private final WithdrawnListener listener;
    private final SampleController controller;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final HikariDataSource writePool;
    private final DataSource dataSource;
    private final MeterRegistry metrics;
    private final UUID caller = UUID.randomUUID();

    @Autowired
    KitOnTheRealStackTest(
            ReleaseSlot releaseSlot,
            WithdrawnListener listener,
            SampleController controller,
            Outbox outbox,
            JdbcClient jdbc,
            @Qualifier("writePool") HikariDataSource writePool,
            DataSource dataSource,
            MeterRegistry metrics) {
        this.releaseSlot = releaseSlot;
        this.listener = listener;
        this.controller = controller;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.writePool = writePool;
        this.dataSource = dataSource;
        this.metrics = metrics;
    }

    @BeforeAll
    static void listen() {
        probe = EventProbe.fromNow();
    }

    @AfterAll
    static void hangUp() {
        probe.close();
    }

    @Test
    void a_committed_event_reaches_its_topic_and_a_rolled_back_one_does_not() {
        var kept = UUID.randomUUID();
        var lost = UUID.randomUUID();
        assertThatThrownBy(() -> releaseSlot.release(lost, true)).isInstanceOf(IllegalStateException.class);
        releaseSlot.release(kept, false);

        probe.await(SlotReleased.class, event -> event.getSlotId().equals(kept));

        assertThat(probe.seen(SlotReleased.class))
                .extracting(SlotReleased::getSlotId)
                .contains(kept)
                .doesNotContain(lost);
    }

    @Test
    void an_event_counts_once_it_is_committed() {
        double before = published();

        assertThatThrownBy(() -> releaseSlot.release(UUID.randomUUID(), true))
                .isInstanceOf(IllegalStateException.class);
        assertThat(published()).isEqualTo(before);

        releaseSlot.release(UUID.randomUUID(), false);
        assertThat(published()).isEqualTo(before + 1);
    }

    private double published() {
        return metrics.counter("amrutam.events.published", "topic", Topic.SLOT_RELEASED.topicName())
                .count();
    }

    @Test
    void an_event_outside_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.publish(SlotsWithdrawn.newBuilder()
                        .setDoctorId(caller)
                        .setSlotIds(List.of())
                        .setWithdrawnAt(Instant.EPOCH)
                        .build()))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void a_redelivered_event_takes_effect_once() {
        var eventId = UUID.randomUUID();
        var first = UUID.randomUUID();
        var marker = UUID.randomUUID();

        probe.send(eventId, withdrawn(first));
        probe.send(eventId, withdrawn(first));
        probe.send(withdrawn(marker));

        await().until(() -> listener.handled.containsKey(marker));
        // Handling it a second time would have violated the primary key and parked the event.
        assertThat(listener.handled)
                .hasEntrySatisfying(
                        first, metadata -> assertThat(metadata.eventId()).isEqualTo(eventId));
        assertThat(rows(first)).isOne();
    }

    @Test
    void an_event_that_cannot_be_handled_is_tried_again_and_then_parked_and_leaves_nothing_behind() {
        var eventId = probe.send(withdrawn(WithdrawnListener.POISON));

        var parked = awaitDeadLetter(Topic.SLOTS_WITHDRAWN, eventId);

        assertThat(parked.headers().lastHeader("kafka_dlt-exception-message")).isNotNull();
        assertThat(listener.poisoned.get()).isGreaterThan(1);
        assertThat(rows(WithdrawnListener.POISON)).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> awaitDeadLetter(Topic topic, UUID eventId) {
        var partition = new TopicPartition(topic.deadLetterTopic("booking"), 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", LocalStack.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            var found = new AtomicReference<@Nullable ConsumerRecord<byte[], byte[]>>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                    var id = letter.headers().lastHeader("event-id");
                    if (id != null && eventId.toString().equals(new String(id.value(), UTF_8))) {
                        found.set(letter);
                    }
                }
                return found.get() != null;
            });
            return Objects.requireNonNull(found.get());
        }
    }

    @Test
    void who_gets_no_connection_in_time_is_asked_to_come_again() throws SQLException {
        var body = "{\"slotId\":\"%s\",\"count\":1}".formatted(UUID.randomUUID());
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 0; i < writePool.getMaximumPoolSize(); i++) {
                taken.add(writePool.getConnection());
            }

            var refused = send(request("/releases", TestIssuer.token(caller, "PATIENT"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json"));

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (var connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void many_callers_take_turns_and_every_turn_is_handed_on() throws Exception {
        int connections = writePool.getMaximumPoolSize();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 8 * connections)
                    .mapToObj(number -> callers.submit(() -> jdbc.sql(number % 3 == 0 ? "select 1 / 0" : "select 1")
                            .query(Integer.class)
                            .single()))
                    .toList();
            for (int number = 0; number < calls.size(); number++) {
                var call = calls.get(number);
                if (number % 3 == 0) {
                    assertThatThrownBy(call::get).hasCauseInstanceOf(DataAccessException.class);
                } else {
                    assertThat(call.get()).isOne();
                }
            }
        }

        var all = new ArrayList<Connection>();
        try {
            for (int taken = 0; taken < connections; taken++) {
                var connection = dataSource.getConnection();
                all.add(connection);
                connection.prepareStatement("select 1").execute();
            }
        } finally {
            for (var connection : all) {
                connection.close();
            }
        }
    }

    @Test
    void the_same_key_and_body_replay_the_first_answer() {
        var body = "{\"slotId\":\"%s\",\"count\":1}".formatted(UUID.randomUUID());
        int before = controller.entered.get();

        var first = post("/releases", body, "key-1");
        var again = post("/releases", body, "key-1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(controller.entered.get()).isEqualTo(before + 1);
    }

    @Test
    void a_refusal_is_replayed_too() {
        int before = controller.entered.get();

        var first = post("/refusals", "{}", "key-2");
        var again = post("/refusals", "{}", "key-2");

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(json(again).path("attemptsRemaining").intValue()).isEqualTo(4);
        assertThat(controller.entered.get()).isEqualTo(before + 1);
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        post("/releases", "{\"slotId\":\"%s\",\"count\":1}".formatted(UUID.randomUUID()), "key-3");

        var other = post("/releases", "{\"slotId\":\"%s\",\"count\":1}".formatted(UUID.randomUUID()), "key-3");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).path("code").stringValue()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void a_failed_request_is_not_kept_so_a_retry_may_succeed() {
        var slot = UUID.randomUUID();
        var failing = post("/releases", "{\"slotId\":\"%s\",\"count\":7}".formatted(slot), "key-4");
        assertThat(failing.statusCode()).isEqualTo(500);
        assertThat(rows(slot)).isZero();

        var retry = post("/releases", "{\"slotId\":\"%s\",\"count\":1}".formatted(slot), "key-4");

        assertThat(retry.statusCode()).isEqualTo(201);
    }

    @Test
    void a_twin_of_a_running_request_is_told_to_wait() {
        var body = "{\"slotId\":\"%s\",\"count\":1}".formatted(UUID.randomUUID());
        controller.gate = new CountDownLatch(1);
        int before = controller.entered.get();
        var first = CompletableFuture.supplyAsync(() -> post("/releases", body, "key-5"));
        try {
            await().until(() -> controller.entered.get() == before + 1);

            var twin = post("/releases", body, "key-5");

            assertThat(twin.statusCode()).isEqualTo(409);
            assertThat(json(twin).path("code").stringValue()).isEqualTo("request-in-progress");
        } finally {
            controller.gate.countDown();
        }
        assertThat(first.join().statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /releases          | {"slotId":                          | 400 | malformed-request      |
            POST | /releases          | {"slotId":"x","count":1}            | 400 | malformed-request      | slotId
            POST | /releases          | {"count":1,"colour":"red"}          | 400 | malformed-request      | colour
            POST | /releases          | {"count":"1"}                       | 400 | malformed-request      | count
            POST | /releases          | {"count":1.5}                       | 400 | malformed-request      | count
            POST | /releases          | {"count":10}                        | 422 | validation-failed      | count
            POST | /releases          | []                                  | 400 | malformed-request      |
            GET  | /releases          |                                     | 405 | method-not-allowed     |
            GET  | /open/things/7     |                                     | 400 | malformed-request      | id
            GET  | /open/numbers?limit=0     |                              | 400 | malformed-request      | limit
            GET  | /open/numbers?limit=many  |                              | 400 | malformed-request      | limit
            GET  | /open/numbers?cursor=%21  |                              | 400 | invalid-cursor         |
            GET  | /nowhere           |                                     | 404 | not-found              |
            GET  | /open/broken       |                                     | 500 | internal-error         |
            GET  | /admin/thing       |                                     | 403 | forbidden              |
            """)
    void bad_input_gets_the_right_problem(
            String method, String path, @Nullable String body, int status, String code, @Nullable String field) {
        var answer = send(request(path, TestIssuer.token(caller, "PATIENT"))
                .method(method, body == null ? noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = json(answer);
        assertThat(problem.path("code").stringValue()).isEqualTo(code);
        assertThat(problem.path("type").stringValue()).isEqualTo("https://api.amrutam.com/problems/" + code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("instance").stringValue()).startsWith("/api/v1/");
        assertThat(problem.path("traceId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("nobody outside");
        if (field != null) {
            assertThat(problem.path("errors").path(0).path("field").stringValue())
                    .isEqualTo(field);
        }
    }

    @Test
    void without_a_token_with_a_tampered_one_and_with_an_expired_one_nobody_gets_in() {
        var token = TestIssuer.token(caller, "PATIENT");
        var signature = token.lastIndexOf('.') + 5;
        var tampered = token.substring(0, signature)
                + (token.charAt(signature) == 'A' ? 'B' : 'A')
                + token.substring(signature + 1);

        assertThat(send(request("/me", token).GET()).statusCode()).isEqualTo(200);
        for (var bad : new String[] {null, "nonsense", tampered}) {
            var answer = send(request("/me", bad).GET());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).path("code").stringValue()).isEqualTo("unauthenticated");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void what_tomcat_itself_refuses_is_a_problem_too() throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes());
            var answer = new String(socket.getInputStream().readAllBytes());
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains("malformed-request");
            assertThat(answer).doesNotContain("<html");
        }
    }

    @Test
    void pages_lead_through_a_list_without_gaps() {
        var first = json(send(request("/open/numbers", null).GET()));
        var second = json(send(request(
                        "/open/numbers?limit=20&cursor="
                                + first.path("nextCursor").stringValue(),
                        null)
                .GET()));
        var third = json(
                send(request("/open/numbers?cursor=" + second.path("nextCursor").stringValue(), null)
                        .GET()));

        assertThat(first.path("items")).hasSize(20);
        assertThat(second.path("items").path(0).intValue()).isEqualTo(21);
        assertThat(third.path("items")).hasSize(5);
        assertThat(third.path("nextCursor").isNull()).isTrue();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_log_line_is_json_and_names_the_trace_its_client_named(CapturedOutput output) {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        send(request("/open/broken", null)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .GET());

        var line = output.getOut()
                .lines()
                .filter(text -> text.contains("nobody expected") && text.contains(trace))
                .findFirst();
        assertThat(line).isPresent();
        var log = JSON.readTree(line.get());
        assertThat(log.path("trace_id").stringValue()).isEqualTo(trace);
        assertThat(log.path("log").path("level").stringValue()).isEqualTo("ERROR");
        assertThat(log.path("service").path("name").stringValue()).isEqualTo("booking");
    }

    private static SlotsWithdrawn withdrawn(UUID doctor) {
        return SlotsWithdrawn.newBuilder()
                .setDoctorId(doctor)
                .setSlotIds(List.of())
                .setWithdrawnAt(Instant.EPOCH)
                .build();
    }

    private int rows(UUID id) {
        return jdbc.sql("select count(*) from sample where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private HttpResponse<String> post(String path, String body, String key) {
        return send(request(path, TestIssuer.token(caller, "PATIENT"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher noBody() {
        return HttpRequest.BodyPublishers.noBody();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
