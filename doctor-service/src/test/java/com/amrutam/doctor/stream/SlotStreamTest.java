package com.amrutam.doctor.stream;

import static com.amrutam.doctor.BookingEvents.locked;
import static com.amrutam.doctor.BookingEvents.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.localstack.junit.EventProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@OnTheRealStack
class SlotStreamTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static EventProbe probe;

    private final Service service;
    private final Given given;
    private final JdbcClient jdbc;
    private final Environment environment;
    private UUID doctor = new UUID(0, 0);
    private List<JsonNode> slots = List.of();

    @Autowired
    SlotStreamTest(Service service, Given given, JdbcClient jdbc, Environment environment) {
        this.service = service;
        this.given = given;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    @BeforeAll
    static void listen() {
        probe = EventProbe.fromNow();
    }

    @AfterAll
    static void hangUp() {
        probe.close();
    }

    @BeforeEach
    void aDoctorWithFourSlotsTomorrow() {
        doctor = given.doctorWorking("10:00", "12:00");
        slots = new ArrayList<>();
        service.get("/doctors/" + doctor + "/slots").ok().path("items").forEach(slots::add);
    }

    @Test
    void whoever_watches_hears_of_slots_taken_and_freed() throws Exception {
        try (var stream = open(null)) {
            probe.send(locked(slots.getFirst(), 2));
            var taken = stream.next();
            probe.send(released(slots.getFirst(), 3, ReleaseReason.EXPIRED));
            var freed = stream.next();

            assertThat(taken.name()).isEqualTo("slot-taken");
            assertThat(taken.data()).contains(slots.getFirst().path("id").stringValue());
            assertThat(freed.name()).isEqualTo("slot-freed");
            assertThat(freed.data()).isEqualTo(taken.data());
            assertThat(Long.parseLong(freed.id())).isGreaterThan(Long.parseLong(taken.id()));
        }
    }

    @Test
    void whoever_comes_back_goes_on_where_they_were() throws Exception {
        probe.send(locked(slots.get(0), 2));
        awaitChanges(1);
        String seen;
        try (var stream = open(null)) {
            probe.send(locked(slots.get(1), 2));
            seen = stream.next().id();
        }
        probe.send(locked(slots.get(2), 2));
        awaitChanges(3);

        try (var stream = open(seen)) {
            assertThat(stream.next().data()).contains(slots.get(2).path("id").stringValue());
        }
    }

    @Test
    void whoever_was_away_for_too_long_is_told_to_read_the_list_again() throws Exception {
        try (var stream = open("1")) {
            assertThat(stream.next().name()).isEqualTo("reset");
            probe.send(locked(slots.get(0), 2));
            assertThat(stream.next().name()).isEqualTo("slot-taken");
        }
    }

    @Test
    void a_hundred_watchers_all_hear() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var streams = new ArrayList<Stream>();
            for (int i = 0; i < 100; i++) {
                streams.add(open(null));
            }
            probe.send(locked(slots.get(3), 2));
            for (var heard :
                    streams.stream().map(stream -> threads.submit(stream::next)).toList()) {
                assertThat(heard.get().data()).contains(slots.get(3).path("id").stringValue());
            }
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void what_cannot_be_streamed_is_refused() {
        assertThat(service.get("/doctors/" + UUID.randomUUID() + "/slots/stream")
                        .status())
                .isEqualTo(404);
        assertThat(service.get("/doctors/x/slots/stream").status()).isEqualTo(400);
    }

    @Test
    void old_changes_are_forgotten() {
        probe.send(locked(slots.getFirst(), 2));
        awaitChanges(1);
        jdbc.sql("update slot_change set at = now() - interval '2 hours' where doctor_id = ?")
                .param(doctor)
                .update();

        new SlotChanges(jdbc, new StreamProperties(Duration.ofSeconds(5), Duration.ofHours(1))).forgetOld();

        assertThat(changes()).isZero();
    }

    private void awaitChanges(int count) {
        await().until(() -> changes() == count);
    }

    private int changes() {
        return jdbc.sql("select count(*) from slot_change where doctor_id = ?")
                .param(doctor)
                .query(Integer.class)
                .single();
    }

    private Stream open(@Nullable String lastEventId) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/api/v1/doctors/%s/slots/stream"
                .formatted(environment.getRequiredProperty("local.server.port"), doctor)));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        return new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Event(String id, String name, String data) {}

    /** What a browser's EventSource does. */
    private static final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(BufferedReader lines) {
            this.lines = lines;
        }

        Event next() throws IOException {
            String id = "";
            String name = "";
            String data = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(id, name, data);
                }
            }
            throw new IOException("The stream ended");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
