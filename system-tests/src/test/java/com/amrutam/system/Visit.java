package com.amrutam.system;

import com.amrutam.localstack.demo.Api.Answer;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The steps of a patient's way that several tests go. */
public final class Visit {
    /** Each test gets slots of its own. */
    private static final AtomicInteger NEXT_SLOT = new AtomicInteger();

    private Visit() {}

    public static Person patient() throws InterruptedException {
        var person = RunningSystem.somebody();
        person.logIn();
        return person;
    }

    /** A slot that can be held online, far enough ahead to be cancelled, and that no other test was given. */
    public static JsonNode slot(Person patient) throws InterruptedException {
        var doctor = patient.api()
                .get("/api/v1/doctors?specialization=KAUMARBHRITYA&mode=ONLINE")
                .expect(200)
                .body()
                .path("items")
                .path(0);
        var from = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        return patient.api()
                .get("/api/v1/doctors/%s/slots?from=%s&to=%s&mode=ONLINE&limit=100"
                        .formatted(doctor.path("id").asText(), from, from.plus(20, ChronoUnit.DAYS)))
                .expect(200)
                .body()
                .path("items")
                .path(NEXT_SLOT.getAndIncrement());
    }

    public static Answer hold(Person patient, JsonNode slot) throws InterruptedException {
        return patient.api()
                .post("/api/v1/slot-locks", Map.of("slotId", slot.path("id").asText(), "mode", "ONLINE"));
    }

    public static Answer confirm(Person patient, Answer lock, String code) throws InterruptedException {
        return patient.api().post("/api/v1/appointments", Map.of("slotLockId", lock.text("id"), "code", code));
    }

    /**
     * Holds and confirms, with the code from the phone. A patient who waits for the code of another lock as well could take
     * that one for it: book first, then hold.
     */
    public static Answer book(Person patient, JsonNode slot) throws InterruptedException {
        var begun = Instant.now();
        var lock = hold(patient, slot).expect(201);
        var code = patient.awaitMessage("BOOKING_CODE", begun).code();
        return confirm(patient, lock, code).expect(201);
    }
}
