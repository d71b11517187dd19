package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processor time of booking-service, its relay included and Postgres apart, per slot held and confirmed. Not part of the
 * tests, since a figure is no verdict; run it with
 * {@code ./amrutam test system-tests -Dtest=BookingCpuBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(RunningSystem.class)
class BookingCpuBenchmark {
    private static final int ROUNDS = 6;
    private static final int PATIENTS_PER_ROUND = 40;
    private static final int PAIRS_PER_PATIENT = 8;
    private static final int CALLERS = 8;
    private static final Pattern CPU = Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{.*})? (\\S+)$");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void cpu_of_holding_and_confirming() throws Exception {
        var slots = new ArrayList<List<String>>();
        for (var doctor : doctors()) {
            slots.addAll(slotsOf(doctor));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            var before = cpuMillis();
            var idleFrom = System.nanoTime();
            var patients = patients();
            var loggedIn = cpuMillis() - before;
            // While patients log in booking only idles: what that costs it is not the pairs' cost.
            var idlePerSecond = loggedIn * 1e9 / (System.nanoTime() - idleFrom);
            var begun = System.nanoTime();
            before = cpuMillis();
            book(patients, slots);
            var seconds = (System.nanoTime() - begun) / 1e9;
            var pairs = PATIENTS_PER_ROUND * PAIRS_PER_PATIENT;
            System.out.printf(
                    "round %d: %.2f ms of CPU per pair, %.0f pairs/s; idle %.0f ms/s%n",
                    round, (cpuMillis() - before - idlePerSecond * seconds) / pairs, pairs / seconds, idlePerSecond);
        }
    }

    private record Patient(Person person, String token) {}

    private static List<Patient> patients() throws InterruptedException {
        var patients = new ArrayList<Patient>();
        for (int i = 0; i < PATIENTS_PER_ROUND; i++) {
            var person = RunningSystem.somebody();
            patients.add(new Patient(person, person.logIn().text("accessToken")));
        }
        return patients;
    }

    private static void book(List<Patient> patients, List<List<String>> slots) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var running = new ArrayList<Future<?>>();
            for (var patient : patients) {
                var own = slots.removeLast();
                running.add(threads.submit((Callable<?>) () -> {
                    for (var slot : own) {
                        pair(patient, slot);
                    }
                    return own;
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
    }

    private static void pair(Patient patient, String slot) throws Exception {
        var begun = Instant.now();
        var lock = post(patient, "/api/v1/slot-locks", "{\"slotId\":\"%s\",\"mode\":\"ONLINE\"}".formatted(slot));
        var code = patient.person().awaitMessage("BOOKING_CODE", begun).code();
        post(
                patient,
                "/api/v1/appointments",
                "{\"slotLockId\":\"%s\",\"code\":\"%s\"}"
                        .formatted(lock.path("id").asText(), code));
    }

    /** Past the gateway and its limits. */
    private static JsonNode post(Patient patient, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(booking(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + patient.token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private static double cpuMillis() throws Exception {
        var metrics = HTTP.send(
                        HttpRequest.newBuilder(booking("/actuator/prometheus")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        var matcher = CPU.matcher(metrics);
        assertThat(matcher.find()).as("CPU metric").isTrue();
        return Double.parseDouble(matcher.group(1)) / 1e6;
    }

    private static URI booking(String path) {
        return URI.create("http://127.0.0.1:" + RunningSystem.services().booking() + path);
    }

    private static List<String> doctors() throws InterruptedException {
        var doctors = new ArrayList<String>();
        RunningSystem.somebody()
                .api()
                .get("/api/v1/doctors?mode=ONLINE&limit=100")
                .expect(200)
                .body()
                .path("items")
                .forEach(doctor -> doctors.add(doctor.path("id").asText()));
        return doctors;
    }

    /** A doctor's slots in the coming weeks, each list for one patient. */
    private static List<List<String>> slotsOf(String doctor) throws InterruptedException {
        var from = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var all = new ArrayList<String>();
        var cursor = "";
        do {
            var page = RunningSystem.somebody()
                    .api()
                    .get("/api/v1/doctors/%s/slots?from=%s&to=%s&mode=ONLINE&limit=100%s"
                            .formatted(
                                    doctor,
                                    from,
                                    from.plus(20, ChronoUnit.DAYS),
                                    cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (var slot : page.expect(200).body().path("items")) {
                all.add(slot.path("id").asText());
            }
            cursor = page.body().path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        var lists = new ArrayList<List<String>>();
        for (int i = 0; i + PAIRS_PER_PATIENT <= all.size(); i += PAIRS_PER_PATIENT) {
            lists.add(List.copyOf(all.subList(i, i + PAIRS_PER_PATIENT)));
        }
        return lists;
    }
}
