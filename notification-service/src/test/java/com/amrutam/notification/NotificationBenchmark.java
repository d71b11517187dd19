package com.amrutam.notification;

import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.identity.OtpRequested;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.LocalStack;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How many messages a second go to a provider that answers in 50 ms, and how long a code takes to it meanwhile; the service in
 * a process of its own. Not part of the tests, since a figure is no verdict; run it with
 * {@code ./amrutam test notification-service -Dtest=NotificationBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationBenchmark {
    private static final Duration PROVIDER_TAKES = Duration.ofMillis(50);
    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 40_000;
    private static final int CODES = 600;
    private static final Duration BETWEEN_CODES = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Map<String, Long> handed = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();
    private HttpServer provider;
    private ServiceProcess service;

    @BeforeAll
    void start() throws Exception {
        LocalStack.databaseUrl();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.createContext("/", exchange -> {
            var now = System.nanoTime();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            handed.put(body.substring(0, body.indexOf(' ')), now);
            LockSupport.parkNanos(PROVIDER_TAKES.toNanos());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            taken.incrementAndGet();
        });
        provider.start();
        service = ServiceProcess.start(
                List.of("-Xmx512m"),
                List.of(
                        "--amrutam.notification.sms.providers[0].name=fifty",
                        "--amrutam.notification.sms.providers[0].url=http://127.0.0.1:"
                                + provider.getAddress().getPort() + "/",
                        "--amrutam.notification.sms.providers[0].content-type=text/plain",
                        "--amrutam.notification.sms.providers[0].body={digits} {text}"));
        queue(WARM_UP);
        awaitTaken(WARM_UP);
    }

    @AfterAll
    void stop() {
        service.close();
        provider.stop(0);
    }

    @Test
    void figures() throws Exception {
        throughput();
        codesMeanwhile();
    }

    private void throughput() throws Exception {
        var before = taken.get();
        var cpuBefore = service.cpuSeconds();
        var begun = System.nanoTime();
        queue(MESSAGES);
        var queued = System.nanoTime();
        awaitTaken(before + MESSAGES);
        var seconds = (System.nanoTime() - begun) / 1e9;
        await().atMost(PATIENCE).until(() -> count("state in ('QUEUED', 'SENDING')") == 0);
        var cpu = service.cpuSeconds() - cpuBefore;
        System.out.printf(
                "%n%,d messages to a provider that takes %d ms: %.1f s (%.1f s of them to queue them), %,.0f a second; %.0f µs of"
                        + " the service's processor time each, %,.0f a second and core; %d not SENT%n",
                MESSAGES,
                PROVIDER_TAKES.toMillis(),
                seconds,
                (queued - begun) / 1e9,
                MESSAGES / seconds,
                cpu / MESSAGES * 1e6,
                MESSAGES / cpu,
                count("state <> 'SENT'"));
    }

    /** Codes asked for through the outbox, as identity-service asks, while reminders are queued and sent. */
    private void codesMeanwhile() throws Exception {
        var codec = new EventCodec(new SchemaRegistry(LocalStack.registryUrl()));
        var cipher = new CodeCipher(System.getProperty("amrutam.codes.keyset"));
        var committed = new ConcurrentHashMap<String, Long>();
        for (var reminders : new int[] {0, MESSAGES}) {
            committed.clear();
            queue(reminders);
            try (var connection = LocalStack.connect()) {
                for (int n = 0; n < CODES; n++) {
                    var phone = "+9170%08d".formatted(n + reminders);
                    committed.put(phone.substring(1), ask(connection, codec, cipher, phone));
                    LockSupport.parkNanos(BETWEEN_CODES.toNanos());
                }
            }
            var left = count("state = 'QUEUED'");
            await().atMost(PATIENCE).until(() -> handed.keySet().containsAll(committed.keySet()));
            var latencies = committed.entrySet().stream()
                    .mapToDouble(code -> (Objects.requireNonNull(handed.get(code.getKey())) - code.getValue()) / 1e6)
                    .sorted()
                    .toArray();
            System.out.printf(
                    "%d codes, %,d reminders queued at the first and %,d at the last: from commit to provider p50 %.0f ms, p95"
                            + " %.0f ms, p99 %.0f ms, at most %.0f ms%n",
                    CODES,
                    reminders,
                    left,
                    at(latencies, 50),
                    at(latencies, 95),
                    at(latencies, 99),
                    latencies[latencies.length - 1]);
        }
    }

    /** @return when it was committed */
    private static long ask(Connection connection, EventCodec codec, CodeCipher cipher, String phone)
            throws SQLException {
        var challenge = UUID.randomUUID();
        var event = OtpRequested.newBuilder()
                .setChallengeId(challenge)
                .setPhone(phone)
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(challenge, "314159")))
                .setExpiresAt(Instant.now().plusSeconds(300))
                .setRequestedAt(Instant.now())
                .build();
        var topic = Topic.of(OtpRequested.class);
        try (var insert = connection.prepareStatement(
                "insert into notification.outbox_event (id, topic, key, payload, traceparent) values (?, ?, ?, ?, ?)")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, topic.topicName());
            insert.setString(3, topic.keyOf(event));
            insert.setBytes(4, codec.encode(event));
            insert.setString(
                    5,
                    "00-%s-%016x-01"
                            .formatted(challenge.toString().replace("-", ""), challenge.getLeastSignificantBits()));
            insert.executeUpdate();
        }
        return System.nanoTime();
    }

    /** Reminders, due now. */
    private static void queue(int messages) throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into notification.message (id, cause_event_id, user_id, kind, channel, recipient, subject, text,
                                                      language)
                    select uuidv7(), gen_random_uuid(), gen_random_uuid(), 'APPOINTMENT_REMINDER', 'SMS',
                           '+9160' || lpad(n::text, 8, '0'), 'Your appointment is near',
                           'Reminder: your appointment with Dr. Meera Joshi is on Friday, 15 January 2049, 10:00 (online).', 'en'
                    from generate_series(1, %d) as n""".formatted(messages));
        }
    }

    private void awaitTaken(long messages) {
        await().atMost(PATIENCE).until(() -> taken.get() >= messages);
    }

    private static long count(String which) throws SQLException {
        try (var connection = LocalStack.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from notification.message where " + which)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double at(double[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)];
    }
}
