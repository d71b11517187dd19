package com.amrutam.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.events.identity.ContactChanged;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Two providers of SMS on the network, of which the first misbehaves in every way there is. */
@ExtendWith(LocalStack.class)
class SmsProvidersTest {
    private static final String YES = "{\"type\":\"success\"}";
    private static final List<String> FIRST = new CopyOnWriteArrayList<>();
    private static final List<String> SECOND = new CopyOnWriteArrayList<>();
    /** What the first provider does with a number: a status and body, or a word. */
    private static final Map<String, String> MOODS = new ConcurrentHashMap<>();

    private static final CountDownLatch END = new CountDownLatch(1);
    private static HttpServer server;
    private static EventProbe probe;
    private static ConfigurableApplicationContext service;

    private final String phone = "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    private final UUID patient = UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/first", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            FIRST.add(exchange.getRequestHeaders().getFirst("authkey") + " " + body);
            var mood = MOODS.entrySet().stream()
                    .filter(entry -> body.contains(entry.getKey().substring(1)))
                    .map(Map.Entry::getValue)
                    .findAny()
                    .orElse("200 " + YES);
            if (mood.equals("hang")) {
                try {
                    END.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            var parts = mood.split(" ", 2);
            var answer = (parts.length > 1 ? parts[1] : "").getBytes(StandardCharsets.UTF_8);
            int status = parts[0].equals("hang") ? 200 : Integer.parseInt(parts[0]);
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", "/stolen");
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.createContext("/second", exchange -> {
            SECOND.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        probe = EventProbe.fromNow();
        service = new SpringApplication(NotificationApplication.class)
                .run(
                        "--server.port=0",
                        "--amrutam.notification.sms.timeout=1s",
                        "--amrutam.notification.sms.template-ids.[APPOINTMENT_BOOKED.en]=1107160000000000001",
                        "--amrutam.notification.sms.providers[0].name=first",
                        "--amrutam.notification.sms.providers[0].url=" + base + "/first",
                        "--amrutam.notification.sms.providers[0].headers.authkey=secret-key",
                        "--amrutam.notification.sms.providers[0].body="
                                + "{\"template_id\":\"{templateId}\",\"mobiles\":\"{digits}\",\"text\":\"{text}\"}",
                        "--amrutam.notification.sms.providers[0].accepted=\"type\":\"success\"",
                        "--amrutam.notification.sms.providers[1].name=second",
                        "--amrutam.notification.sms.providers[1].url=" + base + "/second",
                        "--amrutam.notification.sms.providers[1].content-type=application/x-www-form-urlencoded",
                        "--amrutam.notification.sms.providers[1].body=To={to}&Body={text}");
    }

    @AfterAll
    static void stop() {
        END.countDown();
        service.close();
        probe.close();
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        FIRST.clear();
        SECOND.clear();
    }

    @Test
    void the_first_provider_is_asked_as_configured_and_hostile_text_stays_text() {
        doctorNamed("Dr. \"Quote\" \\ {id} {to}\n<b>नमस्ते</b> 🙏");
        book();

        await().until(() -> !FIRST.isEmpty());
        var asked = FIRST.getFirst();
        assertThat(asked).startsWith("secret-key {");
        var json = new JsonMapper().readTree(asked.substring("secret-key ".length()));
        assertThat(json.path("mobiles").asString()).isEqualTo(phone.substring(1));
        assertThat(json.path("template_id").asString()).isEqualTo("1107160000000000001");
        assertThat(json.path("text").asString()).contains("Dr. \"Quote\" \\ {id} {to}\n<b>नमस्ते</b> 🙏");
        awaitState("SENT");
        assertThat(SECOND).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 {\"type\":\"error\",\"message\":\"no balance\"}",
                "200 <html>rubbish</html>",
                "500 oops",
                "429",
                "302",
            })
    void where_the_first_refuses_the_second_delivers(String mood) {
        healed();
        MOODS.put(phone, mood);

        book();

        awaitState("SENT");
        assertThat(SECOND)
                .singleElement()
                .asString()
                .startsWith("To=%2B" + phone.substring(1) + "&Body=Your+appointment");
    }

    @Test
    void what_a_provider_may_have_taken_is_not_sent_again_and_marked_so() {
        healed();
        MOODS.put(phone, "hang");

        book();

        awaitState("FAILED");
        assertThat(column("reason")).isEqualTo("uncertain");
        assertThat(SECOND).isEmpty();
    }

    @Test
    void what_a_person_switched_off_is_not_sent() {
        var other = UUID.randomUUID();
        tell(other, phone, List.of("SMS"));
        book(other);
        // Events of one patient come in order, and the second is sent.
        var marker = UUID.randomUUID();
        tell(marker, "+9197" + phone.substring(5), List.of());
        book(marker);

        await().until(() -> FIRST.stream().anyMatch(body -> body.contains("9197" + phone.substring(5))));
        assertThat(FIRST).noneMatch(body -> body.contains(phone.substring(1)));
    }

    @Test
    void a_reminder_of_a_far_day_waits_for_the_morning_where_the_person_lives() {
        int hoursTo23 = 23 - LocalTime.now(ZoneOffset.UTC).getHour();
        // POSIX has the signs of these the other way round; where it is 23 o'clock now.
        var zone = hoursTo23 <= 14 ? "Etc/GMT-" + hoursTo23 : "Etc/GMT+" + (24 - hoursTo23);
        deliver(ContactChanged.newBuilder()
                .setUserId(patient)
                .setPhone(phone)
                .setTimeZone(zone)
                .setVersion(1)
                .setChangedAt(Instant.now())
                .build());
        probe.send(ReminderDue.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(1)
                .setDoctorId(DOCTOR)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(Instant.parse("2027-01-15T04:30:00Z"))
                .setOffsetMinutes(1440)
                .setDueAt(Instant.now())
                .build());

        awaitState("QUEUED");
        assertThat(Instant.parse(column("to_char(next_attempt at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(7 * 60 + 55)),
                        Instant.now().plus(Duration.ofMinutes(9 * 60 + 5)));
    }

    /** Ten good ones, so that the breaker has forgotten what other tests did. */
    private void healed() {
        MOODS.clear();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            for (int good = 0; good < 10; good++) {
                var somebody = UUID.randomUUID();
                tell(somebody, "+9196" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999), List.of());
                book(somebody);
            }
            await().until(() -> FIRST.size() + SECOND.size() >= 10);
            boolean closed = FIRST.size() >= 10;
            FIRST.clear();
            SECOND.clear();
            return closed;
        });
    }

    private void book() {
        tell(patient, phone, List.of());
        book(patient);
    }

    private static void tell(UUID user, String number, List<String> muted) {
        deliver(ContactChanged.newBuilder()
                .setUserId(user)
                .setPhone(number)
                .setMutedChannels(muted)
                .setVersion(1)
                .setChangedAt(Instant.now())
                .build());
    }

    private static void deliver(ContactChanged contact) {
        var card = probe.send(contact);
        await().until(() -> jdbc().sql("select exists (select from inbox_event where event_id = ?)")
                .param(card)
                .query(Boolean.class)
                .single());
    }

    private static final UUID DOCTOR = UUID.randomUUID();

    private static void doctorNamed(String name) {
        jdbc().sql("insert into doctor (doctor_id, name, version) values (?, ?, 1)")
                .params(DOCTOR, name)
                .update();
    }

    private static void book(UUID user) {
        var start = Instant.parse("2027-01-15T04:30:00Z");
        probe.send(AppointmentBooked.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(1)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(DOCTOR)
                .setPatientId(user)
                .setMode(Mode.ONLINE)
                .setStart(start)
                .setEnd(start.plus(Duration.ofMinutes(30)))
                .setBookedAt(Instant.now())
                .build());
    }

    private void awaitState(String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(column("state")).isEqualTo(state));
    }

    private String column(String column) {
        return jdbc().sql("select coalesce(max(" + column + "), '') from message where recipient = ? and user_id = ?")
                .params(phone, patient)
                .query((row, number) -> row.getString(1))
                .single();
    }

    private static JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }
}
