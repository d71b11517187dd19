package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.kit.codes.CodeCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** Every call and every way it is refused: with which status and code, and that nothing has changed by it. */
class RefusalsTest extends BookingScene {
    private static final String NOBODYS = "019a0000-0000-7000-8000-000000000000";

    @Autowired
    RefusalsTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        super(cipher, jdbc, tasks);
    }

    /**
     * @param scene sets the scene, and answers what is then done in it
     */
    private record Refusal(String what, int status, String code, Supplier<Supplier<Answer>> scene) {}

    @TestFactory
    Stream<DynamicTest> refusals() {
        return Stream.of(locks(), confirmations(), cancellations(), reschedules(), completions(), reviews(), waits())
                .flatMap(List::stream)
                .map(refusal -> DynamicTest.dynamicTest(refusal.what(), () -> {
                    var act = refusal.scene().get();
                    var before = everything();
                    var answer = act.get();
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(refusal.status());
                    assertThat(answer.text("code")).isEqualTo(refusal.code());
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(everything()).isEqualTo(before);
                }));
    }

    private List<Refusal> locks() {
        return List.of(
                new Refusal("hold a slot nobody knows", 404, "not-found", () -> () -> lock(asha(), UUID.randomUUID())),
                new Refusal("hold a held slot", 409, "slot-taken", () -> {
                    var slot = slot();
                    lock(vivek(), slot);
                    return () -> lock(asha(), slot);
                }),
                new Refusal("hold a booked slot", 409, "slot-taken", () -> {
                    var slot = slot();
                    givenBooked(vivek(), slot);
                    return () -> lock(asha(), slot);
                }),
                new Refusal("hold one's own held slot again", 409, "slot-taken", () -> {
                    var patient = asha();
                    var slot = slot();
                    lock(patient, slot);
                    return () -> lock(patient, slot);
                }),
                new Refusal("hold a slot without saying which of its modes", 422, "mode-required", () -> {
                    var slot = givenSlot(soon(), Mode.ONLINE, Mode.IN_PERSON);
                    return () -> lock(asha(), slot);
                }),
                new Refusal("hold a slot in a mode it lacks", 422, "mode-not-offered", () -> {
                    var slot = slot();
                    return () -> lock(asha(), slot, "IN_PERSON");
                }),
                new Refusal("hold a slot while one has an appointment then", 409, "overlapping-appointment", () -> {
                    var patient = asha();
                    var start = soon();
                    givenBooked(patient, givenSlot(start, Mode.ONLINE));
                    var other = UUID.randomUUID();
                    publish(UUID.randomUUID(), List.of(offered(other, start.plusSeconds(600), Mode.ONLINE)));
                    return () -> lock(patient, other);
                }),
                new Refusal("hold a third slot", 409, "too-many-locks", () -> {
                    var patient = asha();
                    lock(patient, slot());
                    lock(patient, slot());
                    var third = slot();
                    return () -> lock(patient, third);
                }),
                new Refusal("hold a slot that is too near", 422, "too-soon", () -> {
                    var slot = UUID.randomUUID();
                    probe.send(SlotsPublished.newBuilder()
                            .setDoctorId(UUID.randomUUID())
                            .setSlots(List.of(offered(slot, Instant.now().plusSeconds(3500), Mode.ONLINE)))
                            .setMinimumNoticeMinutes(60)
                            .setPublishedAt(Instant.now())
                            .build());
                    awaitSlot(slot);
                    return () -> lock(asha(), slot);
                }),
                new Refusal("hold a slot in the past", 422, "too-soon", () -> {
                    var slot = givenSlot(Instant.now().minusSeconds(60), Mode.ONLINE);
                    return () -> lock(asha(), slot);
                }),
                new Refusal("hold with eleven appointments ahead", 409, "too-many-appointments", () -> {
                    var patient = asha();
                    for (int i = 0; i < 10; i++) {
                        givenBooked(patient, slot());
                    }
                    var slot = slot();
                    return () -> lock(patient, slot);
                }),
                new Refusal("read another's lock", 404, "not-found", () -> {
                    var lock = lock(vivek(), slot());
                    return () -> patient(asha()).get("/slot-locks/" + lock.id());
                }),
                new Refusal("release another's lock", 404, "not-found", () -> {
                    var lock = lock(vivek(), slot());
                    return () -> patient(asha()).delete("/slot-locks/" + lock.id());
                }),
                new Refusal("release a confirmed lock", 409, "lock-confirmed", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    book(patient, lock.id(), codeOf(lock.id()), null);
                    return () -> patient(patient).delete("/slot-locks/" + lock.id());
                }));
    }

    private List<Refusal> confirmations() {
        return List.of(
                new Refusal("confirm another's lock", 404, "not-found", () -> {
                    var lock = lock(vivek(), slot());
                    var code = codeOf(lock.id());
                    return () -> book(asha(), lock.id(), code, null);
                }),
                new Refusal("replay a used code", 409, "lock-confirmed", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var code = codeOf(lock.id());
                    book(patient, lock.id(), code, null);
                    return () -> book(patient, lock.id(), code, null);
                }),
                new Refusal("use the code of another lock, once none is left", 409, "lock-released", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var other = lock(patient, slot());
                    var code = codeOf(other.id());
                    for (int i = 0; i < 5; i++) {
                        assertThat(book(patient, lock.id(), code, null).status())
                                .isEqualTo(422);
                    }
                    return () -> book(patient, lock.id(), code, null);
                }),
                new Refusal("confirm a released lock", 409, "lock-released", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var code = codeOf(lock.id());
                    patient(patient).delete("/slot-locks/" + lock.id());
                    return () -> book(patient, lock.id(), code, null);
                }),
                new Refusal("confirm an expired lock", 410, "lock-expired", () -> {
                    var patient = asha();
                    var slot = slot();
                    var lock = lock(patient, slot);
                    var code = codeOf(lock.id());
                    expire(lock.id(), slot);
                    return () -> book(patient, lock.id(), code, null);
                }),
                new Refusal("give a reason with control characters", 422, "validation-failed", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var code = codeOf(lock.id());
                    return () -> book(patient, lock.id(), code, "bell \\u0007");
                }),
                new Refusal("give a reason of 501 characters", 422, "validation-failed", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var code = codeOf(lock.id());
                    return () -> book(patient, lock.id(), code, "x".repeat(501));
                }),
                new Refusal("give a reason of three megabytes", 422, "validation-failed", () -> {
                    var patient = asha();
                    var lock = lock(patient, slot());
                    var code = codeOf(lock.id());
                    return () -> book(patient, lock.id(), code, "x".repeat(3_000_000));
                }),
                new Refusal("list from a time without a zone", 400, "malformed-request", () -> {
                    return () -> patient(asha()).get("/appointments?from=2026-11-24T10:00:00");
                }));
    }

    private List<Refusal> cancellations() {
        return List.of(
                new Refusal("cancel what does not exist", 404, "not-found", () -> () -> cancel(asha(), nobodys())),
                new Refusal("cancel another's appointment", 404, "not-found", () -> {
                    var booked = givenBooked(vivek(), slot());
                    return () -> cancel(asha(), booked.id());
                }),
                new Refusal("cancel twice", 409, "not-booked", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    cancel(patient, booked.id());
                    return () -> cancel(patient, booked.id());
                }),
                new Refusal("cancel less than a day before", 422, "too-late", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    letStart(booked.id(), Instant.now().plus(Duration.ofHours(23)));
                    return () -> cancel(patient, booked.id());
                }),
                new Refusal("cancel what has changed", 412, "precondition-failed", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    reschedule(patient, booked.id(), slot());
                    return () -> patient(patient)
                            .post(
                                    "/appointments/" + booked.id() + "/cancel",
                                    "{\"reason\":\"x\"}",
                                    "If-Match",
                                    "\"1\"");
                }),
                new Refusal("cancel with an If-Match that is no ETag", 400, "malformed-request", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    return () -> patient(patient)
                            .post("/appointments/" + booked.id() + "/cancel", "{\"reason\":\"x\"}", "If-Match", "1");
                }));
    }

    private List<Refusal> reschedules() {
        return List.of(
                new Refusal("move another's appointment", 404, "not-found", () -> {
                    var booked = givenBooked(vivek(), slot());
                    var slot = slot();
                    return () -> reschedule(asha(), booked.id(), slot);
                }),
                new Refusal("move to a slot nobody knows", 404, "not-found", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    return () -> reschedule(patient, booked.id(), UUID.randomUUID());
                }),
                new Refusal("move to a held slot", 409, "slot-taken", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    var held = slot();
                    lock(vivek(), held);
                    return () -> reschedule(patient, booked.id(), held);
                }),
                new Refusal("move to where it is", 422, "same-slot", () -> {
                    var patient = asha();
                    var slot = slot();
                    var booked = givenBooked(patient, slot);
                    return () -> reschedule(patient, booked.id(), slot);
                }),
                new Refusal("move to another doctor", 422, "other-doctor", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    var other = UUID.randomUUID();
                    publish(UUID.randomUUID(), List.of(offered(other, soon(), Mode.ONLINE)));
                    return () -> reschedule(patient, booked.id(), other);
                }),
                new Refusal("move to a slot without the mode", 422, "mode-not-offered", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    var inPerson = givenSlot(soon(), Mode.IN_PERSON);
                    return () -> reschedule(patient, booked.id(), inPerson);
                }),
                new Refusal("move less than a day before", 422, "too-late", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    letStart(booked.id(), Instant.now().plus(Duration.ofHours(22)));
                    var slot = slot();
                    return () -> reschedule(patient, booked.id(), slot);
                }),
                new Refusal("move a fourth time", 409, "too-many-reschedules", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    for (int i = 0; i < 3; i++) {
                        assertThat(reschedule(patient, booked.id(), slot()).status())
                                .isEqualTo(200);
                    }
                    var slot = slot();
                    return () -> reschedule(patient, booked.id(), slot);
                }),
                new Refusal("move onto another appointment of one's own", 409, "overlapping-appointment", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    var start = soon();
                    var other = UUID.randomUUID();
                    publish(UUID.randomUUID(), List.of(offered(other, start, Mode.ONLINE)));
                    givenBooked(patient, other);
                    var slot = givenSlot(start.plusSeconds(600), Mode.ONLINE);
                    return () -> reschedule(patient, booked.id(), slot);
                }),
                new Refusal("move what is cancelled", 409, "not-booked", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    cancel(patient, booked.id());
                    var slot = slot();
                    return () -> reschedule(patient, booked.id(), slot);
                }),
                new Refusal("move what has changed", 412, "precondition-failed", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    reschedule(patient, booked.id(), slot());
                    var slot = slot();
                    return () -> reschedule(patient, booked.id(), slot, "If-Match", "\"1\"");
                }),
                new Refusal("move as the doctor", 403, "forbidden", () -> {
                    var booked = givenBooked(asha(), slot());
                    var slot = slot();
                    return () -> doctorsClient()
                            .post(
                                    "/appointments/" + booked.id() + "/reschedule",
                                    "{\"slotId\":\"%s\"}".formatted(slot));
                }));
    }

    private List<Refusal> completions() {
        return List.of(
                new Refusal("complete before the start", 422, "too-early", () -> {
                    var booked = givenBooked(asha(), slot());
                    return () -> complete(doctorsClient(), booked.id(), "FULFILLED");
                }),
                new Refusal("complete as the patient", 403, "forbidden", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    return () -> complete(patient(patient), booked.id(), "FULFILLED");
                }),
                new Refusal("complete as another doctor", 404, "not-found", () -> {
                    var booked = givenBooked(asha(), slot());
                    return () -> complete(Rest.as(port, UUID.randomUUID(), "DOCTOR"), booked.id(), "FULFILLED");
                }),
                new Refusal("complete as something else", 400, "malformed-request", () -> {
                    var booked = givenBooked(asha(), slot());
                    return () -> complete(doctorsClient(), booked.id(), "CANCELLED");
                }));
    }

    private List<Refusal> reviews() {
        return List.of(
                new Refusal("review what did not take place", 409, "not-fulfilled", () -> {
                    var patient = asha();
                    var booked = givenBooked(patient, slot());
                    return () -> review(patient(patient), booked.id(), "5");
                }),
                new Refusal("review with six stars", 422, "validation-failed", () -> {
                    var patient = asha();
                    var booked = givenFulfilled(patient);
                    return () -> review(patient(patient), booked.id(), "6");
                }),
                new Refusal("review with half a star", 400, "malformed-request", () -> {
                    var patient = asha();
                    var booked = givenFulfilled(patient);
                    return () -> review(patient(patient), booked.id(), "4.5");
                }),
                new Refusal("review as the doctor", 403, "forbidden", () -> {
                    var booked = givenFulfilled(asha());
                    return () -> review(doctorsClient(), booked.id(), "5");
                }),
                new Refusal("review another's visit", 404, "not-found", () -> {
                    var booked = givenFulfilled(vivek());
                    return () -> review(patient(asha()), booked.id(), "5");
                }),
                new Refusal("review twice", 409, "already-reviewed", () -> {
                    var patient = asha();
                    var booked = givenFulfilled(patient);
                    review(patient(patient), booked.id(), "5");
                    return () -> review(patient(patient), booked.id(), "1");
                }));
    }

    private List<Refusal> waits() {
        return List.of(
                new Refusal(
                        "wait for a doctor nobody knows",
                        404,
                        "not-found",
                        () -> () -> await(UUID.randomUUID(), soon().toString(), soon().toString())),
                new Refusal(
                        "wait in a range without a zone",
                        400,
                        "malformed-request",
                        () -> () -> await(doctor, "2026-12-01T10:00:00", "2026-12-02T10:00:00")),
                new Refusal(
                        "wait from after until",
                        422,
                        "validation-failed",
                        () -> () -> await(doctor, "2026-12-02T10:00:00Z", "2026-12-01T10:00:00Z")),
                new Refusal(
                        "wait for years",
                        422,
                        "validation-failed",
                        () -> () -> await(doctor, "2026-12-02T10:00:00Z", "2036-12-01T10:00:00Z")),
                new Refusal(
                        "wait in the year 999999999",
                        400,
                        "malformed-request",
                        () -> () -> await(doctor, "+1999999999-12-02T10:00:00Z", "+1999999999-12-03T10:00:00Z")),
                new Refusal(
                        "leave another's place",
                        404,
                        "not-found",
                        () -> () -> patient(asha()).delete("/waitlist/" + NOBODYS)));
    }

    private Answer await(UUID doctorId, String from, String to) {
        return patient(asha())
                .post("/waitlist", "{\"doctorId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}".formatted(doctorId, from, to));
    }

    private Answer complete(Rest client, UUID appointment, String outcome) {
        return client.post("/appointments/" + appointment + "/complete", "{\"outcome\":\"%s\"}".formatted(outcome));
    }

    private Answer review(Rest client, UUID appointment, String rating) {
        return client.post("/appointments/" + appointment + "/review", "{\"rating\":%s}".formatted(rating));
    }

    private Answer givenFulfilled(UUID patient) {
        var booked = givenBooked(patient, slot());
        letStart(booked.id(), Instant.now().minus(Duration.ofHours(++started)));
        assertThat(complete(doctorsClient(), booked.id(), "FULFILLED").status()).isEqualTo(200);
        return booked;
    }

    private int started;
    private int slots;

    /** Each an hour of its own, far enough ahead for everything. */
    private Instant soon() {
        return Instant.now().plus(Duration.ofDays(3)).plus(Duration.ofHours(slots++));
    }

    private UUID slot() {
        return givenSlot(soon(), Mode.ONLINE);
    }

    private static UUID asha() {
        return UUID.randomUUID();
    }

    private static UUID vivek() {
        return UUID.randomUUID();
    }

    private static UUID nobodys() {
        return UUID.fromString(NOBODYS);
    }

    /** All there is, as one long text. */
    private List<String> everything() {
        return Stream.of("slot", "slot_lock", "appointment", "review", "waitlist_entry", "outbox_event")
                .map(table -> jdbc.sql("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
                                + table + " t")
                        .query((row, n) -> row.getString(1))
                        .single())
                .toList();
    }
}
