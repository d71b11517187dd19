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
    private static final int ROUNDS = 25;
    private static final int PATIENTS = 40;
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
        var begunIdle = System.nanoTime();
        var beforeIdle = cpuMillis();
        var patients = patients(slots);
        // While patients log in, booking only idles: its relay looks for events a hundred times a second.
        var idlePerSecond = (cpuMillis() - beforeIdle) * 1e9 / (System.nanoTime() - begunIdle);
        System.out.printf("idle: %.0f ms of CPU per second%n", idlePerSecond);
        for (int round = 1; round <= ROUNDS; round++) {
            var begun = System.nanoTime();
            var before = cpuMillis();
            var appointments = book(patients);
            var pairs = appointments.size();
            var seconds = (System.nanoTime() - begun) / 1e9;
            var cpu = cpuMillis() - before;
            System.out.printf(
                    "round %2d: %.2f ms of CPU per pair, %.2f without what idling takes, %.0f pairs/s%n",
                    round, cpu / pairs, (cpu - idlePerSecond * seconds) / pairs, pairs / seconds);
            for (var appointment : appointments) {
                post(
                        appointment.patient(),
                        "/api/v1/appointments/" + appointment.id() + "/cancel",
                        "{\"reason\":\"none\"}");
            }
        }
    }

    /** @param slots those this patient books in each round */
    private record Patient(Person person, String token, List<String> slots) {}

    private record Appointment(Patient patient, String id) {}

    private static List<Patient> patients(List<List<String>> slots) throws InterruptedException {
        var patients = new ArrayList<Patient>();
        for (var own : slots.subList(0, PATIENTS)) {
            var person = RunningSystem.somebody();
            patients.add(new Patient(person, person.logIn().text("accessToken"), own));
        }
        return patients;
    }

    private static List<Appointment> book(List<Patient> patients) throws Exception {
        var appointments = new ArrayList<Appointment>();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var running = new ArrayList<Future<List<Appointment>>>();
            for (var patient : patients) {
                running.add(threads.submit(() -> {
                    var own = new ArrayList<Appointment>();
                    for (var slot : patient.slots()) {
                        own.add(pair(patient, slot));
                    }
                    return own;
                }));
            }
            for (var one : running) {
                appointments.addAll(one.get());
            }
        }
        return appointments;
    }

    private static Appointment pair(Patient patient, String slot) throws Exception {
        var begun = Instant.now();
        var lock = post(patient, "/api/v1/slot-locks", "{\"slotId\":\"%s\",\"mode\":\"ONLINE\"}".formatted(slot));
        var code = patient.person().awaitMessage("BOOKING_CODE", begun).code();
        var booked = post(
                patient,
                "/api/v1/appointments",
                "{\"slotLockId\":\"%s\",\"code\":\"%s\"}"
                        .formatted(lock.path("id").asText(), code));
        return new Appointment(patient, booked.path("id").asText());
    }

    /** Past the gateway and its limits. */
    private static JsonNode post(Patient patient, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(booking(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + patient.token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
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
