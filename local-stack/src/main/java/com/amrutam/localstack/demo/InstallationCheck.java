package com.amrutam.localstack.demo;

import com.amrutam.localstack.server.Services;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Finds out whether an installation works by what it answers alone.
 *
 * <p>Each step prints a line, and throws {@link IllegalStateException} with what was answered instead when it fails.
 */
public final class InstallationCheck implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int HOLDS = 6;
    private static final Duration HOLD_AGAIN = Duration.ofSeconds(2);
    private static final String DOCTOR_PHONE = "+910000001999";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final Api api;
    private final PrintStream out;

    public InstallationCheck(URI url, PrintStream out) {
        this.url = url;
        this.api = new Api(http, url);
        this.out = out;
    }

    /** A service other than the gateway takes requests. */
    public void isReady() throws InterruptedException {
        api.get("/actuator/health/readiness").expect(200);
        out.println("ready");
    }

    /** The gateway reaches identity and doctor, and neither lets in who has no code. */
    public void refusesStrangers() throws InterruptedException {
        api.get("/health").expect(200);
        out.println("the gateway is ready");
        api.get("/api/v1/doctors?limit=1").expect(200);
        out.println("doctors are found");
        api.get("/api/v1/users/me").expect(401);
        api.post("/api/v1/auth/token", Map.of("challengeId", UUID.randomUUID(), "code", "000000"))
                .expect(401);
        out.println("nobody gets in without a code");
    }

    /**
     * A patient logs in, finds a doctor, holds a slot, confirms it with the code and cancels. The doctor is the check's own,
     * and made at its first run; the slot is free again afterwards.
     */
    public void booksAnAppointment(URI messages) throws InterruptedException {
        var doctorId = doctor(messages);
        out.println("a doctor offers slots");

        var patient = person("+9198%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)), messages);
        patient.logIn();
        out.println("a patient logged in with a code");

        var slot = freeSlot(patient.api(), doctorId);
        var held = Instant.now();
        var lock = hold(patient.api(), slot);
        var code = patient.awaitMessage("BOOKING_CODE", held).code();
        var appointment = patient.api()
                .post("/api/v1/appointments", Map.of("slotLockId", lock.text("id"), "code", code))
                .expect(201);
        out.println("an appointment is booked");

        patient.api()
                .post("/api/v1/appointments/" + appointment.text("id") + "/cancel", Map.of("reason", "Was a check"))
                .expect(200);
        out.println("and cancelled");
    }

    private String doctor(URI messages) throws InterruptedException {
        var doctor = person(DOCTOR_PHONE, messages);
        var login = doctor.logIn();
        var id = login.body().path("user").path("id").asText();
        var admin = person(Services.ADMIN_PHONE, messages);
        admin.logIn();
        admin.api()
                .put("/api/v1/admin/users/" + id + "/roles", Map.of("roles", List.of("DOCTOR")))
                .expect(200);
        doctor.refresh(login.text("refreshToken"));
        doctor.api()
                .put(
                        "/api/v1/doctors/me",
                        Map.of(
                                "name",
                                "Dr. Check",
                                "specializations",
                                List.of("SWASTHAVRITTA"),
                                "languages",
                                List.of("en"),
                                "city",
                                "Pune",
                                "modes",
                                List.of("ONLINE"),
                                "fee",
                                Map.of("amount", 100, "currency", "INR"),
                                "experienceYears",
                                1,
                                "registrationNumber",
                                "AYU-CHECK"))
                .expect(200);
        var weekly = Stream.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
                .map(day -> Map.of(
                        "day", day, "from", "09:00", "to", "18:00", "slotMinutes", 30, "modes", List.of("ONLINE")))
                .toList();
        doctor.api()
                .put(
                        "/api/v1/doctors/me/schedule",
                        Map.of("timeZone", "Asia/Kolkata", "weekly", weekly, "horizonDays", 7))
                .expect(200);
        admin.api().post("/api/v1/admin/doctors/" + id + "/verify").expect(200);
        return id;
    }

    /** Late enough that it can still be cancelled; waited for, because it comes by events. */
    private static JsonNode freeSlot(Api api, String doctorId) throws InterruptedException {
        var from = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var slots = api.get("/api/v1/doctors/%s/slots?from=%s&to=%s&mode=ONLINE"
                            .formatted(doctorId, from, from.plus(5, ChronoUnit.DAYS)))
                    .expect(200)
                    .body()
                    .path("items");
            if (!slots.isEmpty()) {
                return slots.path(ThreadLocalRandom.current().nextInt(slots.size()));
            }
            Thread.sleep(LOOK_AGAIN);
        }
        throw new IllegalStateException("The doctor had no free slot within " + PATIENCE.toSeconds() + " s");
    }

    /** Tried again while booking, which hears of new slots by event, does not know of it; below the limit of ten calls a minute. */
    private static Api.Answer hold(Api api, JsonNode slot) throws InterruptedException {
        var wish = Map.of("slotId", slot.path("id").asText(), "mode", "ONLINE");
        var answer = api.post("/api/v1/slot-locks", wish);
        for (int attempt = 1; attempt < HOLDS && answer.status() == 404; attempt++) {
            Thread.sleep(HOLD_AGAIN);
            answer = api.post("/api/v1/slot-locks", wish);
        }
        return answer.expect(201);
    }

    private Person person(String phone, URI messages) {
        return new Person(phone, url, messages, http);
    }

    @Override
    public void close() {
        http.close();
    }
}
