package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

class BookingTest extends BookingScene {
    @Autowired
    BookingTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        super(cipher, jdbc, tasks);
    }

    @Test
    void a_patient_holds_a_slot_and_books_it_with_the_code() {
        var slot = givenSlots(1).getFirst();
        givenProfile("Dr. Asha Nair", 2);
        givenProfile("Dr. Old Name", 1);

        var lock = lock(asha, slot);
        assertThat(lock.status()).as(lock.toString()).isEqualTo(201);
        assertThat(lock.header("Location")).isEqualTo("/api/v1/slot-locks/" + lock.id());
        assertThat(lock.text("status")).isEqualTo("ACTIVE");
        assertThat(lock.text("mode")).isEqualTo("ONLINE");
        assertThat(lock.text("reason")).isEqualTo("PATIENT");
        assertThat(lock.json().path("attemptsRemaining").intValue()).isEqualTo(5);

        var booked = book(asha, lock.id(), codeOf(lock.id()), "A cough, for a week");
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        assertThat(booked.header("ETag")).isEqualTo("\"1\"");
        assertThat(booked.text("status")).isEqualTo("BOOKED");
        assertThat(booked.text("doctorName")).isEqualTo("Dr. Asha Nair");
        assertThat(booked.text("reason")).isEqualTo("A cough, for a week");

        var locked = probe.await(SlotLocked.class, event -> event.getSlotId().equals(slot));
        var told =
                probe.await(AppointmentBooked.class, event -> event.getSlotId().equals(slot));
        assertThat(locked.getSlotVersion()).isEqualTo(2);
        assertThat(told.getSlotVersion()).isEqualTo(3);
        assertThat(told.getPatientId()).isEqualTo(asha);
        assertThat(told.getAppointmentId()).isEqualTo(booked.id());
        assertThat(patient(asha).get("/slot-locks/" + lock.id()).text("status")).isEqualTo("CONFIRMED");
        assertThat(patient(asha).get("/appointments/" + booked.id()).header("ETag"))
                .isEqualTo("\"1\"");
    }

    @Test
    void a_taken_slot_is_refused_with_the_doctors_next_three_free_ones() {
        var slots = givenSlots(6);
        lock(asha, slots.get(1));
        lock(asha, slots.get(3));

        var refused = lock(vivek, slots.get(1));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("slot-taken");
        assertThat(refused.json().path("alternatives").findValuesAsString("id"))
                .containsExactly(
                        slots.get(2).toString(),
                        slots.get(4).toString(),
                        slots.get(5).toString());
    }

    @Test
    void of_sixteen_rivals_one_gets_the_slot_every_time() throws Exception {
        for (var slot : givenSlots(20)) {
            var answers = atOnce(IntStream.range(0, 16)
                    .<Callable<Answer>>mapToObj(n -> () -> lock(UUID.randomUUID(), slot))
                    .toList());
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.text("code").equals("slot-taken"))
                    .hasSize(15);
        }
    }

    @Test
    void a_patient_holds_two_slots_at_once_and_no_more_however_fast_they_ask() throws Exception {
        var slots = givenSlots(8);
        var answers = atOnce(slots.stream()
                .<Callable<Answer>>map(slot -> () -> lock(asha, slot))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
        assertThat(answers)
                .filteredOn(answer -> answer.text("code").equals("too-many-locks"))
                .hasSize(6);
    }

    @Test
    void an_expired_lock_is_taken_over_at_once_and_both_changes_are_told() {
        var slot = givenSlots(1).getFirst();
        var first = lock(asha, slot);
        expire(first.id(), slot);

        var second = lock(vivek, slot);

        assertThat(second.status()).as(second.toString()).isEqualTo(201);
        var released =
                probe.await(SlotReleased.class, event -> event.getSlotLockId().equals(first.id()));
        var locked =
                probe.await(SlotLocked.class, event -> event.getSlotLockId().equals(second.id()));
        assertThat(released.getReason()).isEqualTo(ReleaseReason.EXPIRED);
        assertThat(released.getSlotVersion()).isEqualTo(3);
        assertThat(locked.getSlotVersion()).isEqualTo(4);
        assertThat(patient(asha).get("/slot-locks/" + first.id()).text("status"))
                .isEqualTo("EXPIRED");
    }

    @Test
    void the_sweep_frees_what_nobody_confirmed() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        expire(lock.id(), slot);

        sweep();

        var released =
                probe.await(SlotReleased.class, event -> event.getSlotLockId().equals(lock.id()));

        assertThat(released.getReason()).isEqualTo(ReleaseReason.EXPIRED);
        assertThat(stateOf(slot)).isEqualTo("FREE 3");
        assertThat(book(asha, lock.id(), "000000", null).text("code")).isEqualTo("lock-expired");
    }

    @Test
    void a_code_that_comes_too_late_books_nothing() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var code = codeOf(lock.id());
        expire(lock.id(), slot);

        var late = book(asha, lock.id(), code, null);

        assertThat(late.status()).isEqualTo(410);
        assertThat(late.text("code")).isEqualTo("lock-expired");
        assertThat(appointmentsOf(slot)).isZero();
    }

    @Test
    void the_fifth_wrong_code_frees_the_slot() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var code = codeOf(lock.id());
        var wrong = code.equals("111111") ? "222222" : "111111";

        for (int left = 4; left >= 0; left--) {
            var answer = book(asha, lock.id(), wrong, null);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("code")).isEqualTo("code-incorrect");
            assertThat(answer.json().path("attemptsRemaining").intValue()).isEqualTo(left);
        }

        assertThat(book(asha, lock.id(), code, null).text("code")).isEqualTo("lock-released");
        assertThat(stateOf(slot)).isEqualTo("FREE 3");
        assertThat(probe.await(
                                SlotReleased.class,
                                event -> event.getSlotLockId().equals(lock.id()))
                        .getReason())
                .isEqualTo(ReleaseReason.TOO_MANY_ATTEMPTS);
    }

    @Test
    void wrong_codes_sent_at_once_are_counted_one_by_one() throws Exception {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var wrong = codeOf(lock.id()).equals("111111") ? "222222" : "111111";

        var answers = atOnce(IntStream.range(0, 12)
                .<Callable<Answer>>mapToObj(n -> () -> book(asha, lock.id(), wrong, null))
                .toList());

        assertThat(answers)
                .filteredOn(answer -> answer.text("code").equals("code-incorrect"))
                .extracting(answer -> answer.json().path("attemptsRemaining").intValue())
                .containsExactlyInAnyOrder(4, 3, 2, 1, 0);
        assertThat(answers)
                .filteredOn(answer -> answer.text("code").equals("lock-released"))
                .hasSize(7);
    }

    @Test
    void the_right_code_sent_twice_at_once_books_once() throws Exception {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var code = codeOf(lock.id());

        var answers = atOnce(IntStream.range(0, 6)
                .<Callable<Answer>>mapToObj(n -> () -> book(asha, lock.id(), code, null))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.text("code").equals("lock-confirmed"))
                .hasSize(5);
        assertThat(appointmentsOf(slot)).isOne();
    }

    @Test
    void a_retry_with_the_same_idempotency_key_gives_the_same_appointment() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var body = "{\"slotLockId\":\"%s\",\"code\":\"%s\"}".formatted(lock.id(), codeOf(lock.id()));
        var key = UUID.randomUUID().toString();

        var first = patient(asha).post("/appointments", body, "Idempotency-Key", key);
        var again = patient(asha).post("/appointments", body, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(appointmentsOf(slot)).isOne();
    }

    @Test
    void a_wrong_code_retried_with_its_key_burns_one_attempt() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var wrong = codeOf(lock.id()).equals("111111") ? "222222" : "111111";
        var body = "{\"slotLockId\":\"%s\",\"code\":\"%s\"}".formatted(lock.id(), wrong);

        patient(asha).post("/appointments", body, "Idempotency-Key", "wrong-" + lock.id());
        patient(asha).post("/appointments", body, "Idempotency-Key", "wrong-" + lock.id());

        assertThat(patient(asha)
                        .get("/slot-locks/" + lock.id())
                        .json()
                        .path("attemptsRemaining")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void a_released_slot_is_free_for_the_next_patient() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);

        assertThat(patient(asha).delete("/slot-locks/" + lock.id()).status()).isEqualTo(204);
        assertThat(patient(asha).delete("/slot-locks/" + lock.id()).status()).isEqualTo(204);

        assertThat(lock(vivek, slot).status()).isEqualTo(201);
        assertThat(probe.await(
                                SlotReleased.class,
                                event -> event.getSlotLockId().equals(lock.id()))
                        .getReason())
                .isEqualTo(ReleaseReason.RELEASED);
    }

    @Test
    void a_cancelled_slot_can_be_booked_again() {
        var slot = givenSlots(1).getFirst();
        var booked = givenBooked(asha, slot);

        var cancelled = patient(asha)
                .post("/appointments/" + booked.id() + "/cancel", "{\"reason\":\"Feeling well\"}", "If-Match", "\"1\"");

        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(cancelled.header("ETag")).isEqualTo("\"2\"");
        assertThat(cancelled.json().path("cancellation").path("by").stringValue())
                .isEqualTo("PATIENT");
        var event =
                probe.await(AppointmentCancelled.class, one -> one.getSlotId().equals(slot));
        assertThat(event.getSlotVersion()).isEqualTo(4);
        assertThat(event.getCancelledBy()).isEqualTo(CancelledBy.PATIENT);
        assertThat(givenBooked(vivek, slot).status()).isEqualTo(201);
    }

    @Test
    void a_patient_cancels_in_time_or_not_at_all_and_the_doctor_at_any_time() {
        var soon = givenSlot(Instant.now().plus(Duration.ofHours(23)), Mode.ONLINE);
        var booked = givenBooked(asha, soon);
        var path = "/appointments/" + booked.id() + "/cancel";

        var tooLate = patient(asha).post(path, "{\"reason\":\"Sorry\"}");
        assertThat(tooLate.status()).isEqualTo(422);
        assertThat(tooLate.text("code")).isEqualTo("too-late");
        assertThat(stateOf(soon)).isEqualTo("BOOKED 3");

        assertThat(Rest.as(port, doctor, "DOCTOR")
                        .post(path, "{\"reason\":\"Ill\"}")
                        .status())
                .isEqualTo(200);
        assertThat(patient(asha).post(path, "{\"reason\":\"Sorry\"}").text("code"))
                .isEqualTo("not-booked");
    }

    @Test
    void nobody_is_in_two_places_at_once() {
        var start = Instant.now().plus(Duration.ofDays(5)).truncatedTo(ChronoUnit.MINUTES);
        var here = givenSlot(start, Mode.ONLINE);
        var otherDoctor = UUID.randomUUID();
        var there = UUID.randomUUID();
        publish(otherDoctor, List.of(offered(there, start.plus(Duration.ofMinutes(10)), Mode.ONLINE)));
        // Both may be held; the first one booked rules the other out.
        var lockThere = lock(asha, there);
        givenBooked(asha, here);

        var overlapping = book(asha, lockThere.id(), codeOf(lockThere.id()), null);
        assertThat(overlapping.status()).isEqualTo(409);
        assertThat(overlapping.text("code")).isEqualTo("overlapping-appointment");

        patient(asha).delete("/slot-locks/" + lockThere.id());
        assertThat(lock(asha, there).text("code")).isEqualTo("overlapping-appointment");
        assertThat(lock(vivek, there).status()).isEqualTo(201);
    }

    @Test
    void a_slot_with_two_modes_wants_one_to_be_chosen() {
        var slot = givenSlot(Instant.now().plus(Duration.ofDays(6)), Mode.ONLINE, Mode.IN_PERSON);
        var online = givenSlot(Instant.now().plus(Duration.ofDays(7)), Mode.ONLINE);

        assertThat(lock(asha, slot).text("code")).isEqualTo("mode-required");
        assertThat(lock(asha, online, "IN_PERSON").text("code")).isEqualTo("mode-not-offered");
        assertThat(lock(asha, slot, "IN_PERSON").text("mode")).isEqualTo("IN_PERSON");
    }

    @Test
    void what_starts_within_the_doctors_notice_is_not_held_any_more() {
        var slot = UUID.randomUUID();
        probe.send(SlotsPublished.newBuilder()
                .setDoctorId(doctor)
                .setSlots(List.of(offered(slot, Instant.now().plus(Duration.ofMinutes(59)), Mode.ONLINE)))
                .setMinimumNoticeMinutes(60)
                .setPublishedAt(Instant.now())
                .build());
        awaitSlot(slot);

        assertThat(lock(asha, slot).text("code")).isEqualTo("too-soon");
    }

    @Test
    void redelivered_overlapping_and_withdrawn_slots_leave_the_inventory_right() {
        var start = Instant.now().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.MINUTES);
        var slot = givenSlot(start, Mode.ONLINE);
        var held = givenSlot(start.plus(Duration.ofHours(1)), Mode.ONLINE);
        lock(asha, held);
        var overlapping = UUID.randomUUID();
        var after = UUID.randomUUID();

        publish(
                doctor,
                List.of(
                        offered(slot, start, Mode.ONLINE),
                        offered(overlapping, start.plus(Duration.ofMinutes(10)), Mode.ONLINE),
                        offered(after, start.plus(Duration.ofHours(2)), Mode.ONLINE)));
        assertThat(stateOf(slot)).isEqualTo("FREE 1");
        assertThat(stateOf(overlapping)).isEmpty();

        probe.send(SlotsWithdrawn.newBuilder()
                .setDoctorId(doctor)
                .setSlotIds(List.of(slot, held, after, overlapping))
                .setWithdrawnAt(Instant.now())
                .build());
        await().untilAsserted(() -> assertThat(stateOf(after)).isEqualTo("WITHDRAWN 2"));
        assertThat(stateOf(slot)).isEqualTo("WITHDRAWN 2");
        assertThat(stateOf(held)).isEqualTo("LOCKED 2");
        assertThat(lock(vivek, slot).text("code")).isEqualTo("slot-taken");
        // Withdrawn hours can be offered anew.
        var anew = givenSlot(start, Mode.ONLINE);
        assertThat(lock(vivek, anew).status()).isEqualTo(201);
    }

    @Test
    void lists_show_a_patient_their_own_and_a_doctor_the_agenda() {
        var slots = givenSlots(3);
        var first = givenBooked(asha, slots.get(0));
        var second = givenBooked(asha, slots.get(1));
        var others = givenBooked(vivek, slots.get(2));
        patient(asha).post("/appointments/" + first.id() + "/cancel", "{\"reason\":\"Changed plans\"}");

        var page = patient(asha).get("/appointments?limit=1");
        assertThat(page.json().path("items").findValuesAsString("id"))
                .containsExactly(second.id().toString());
        var next = patient(asha).get("/appointments?limit=1&cursor=" + page.text("nextCursor"));
        assertThat(next.json().path("items").findValuesAsString("id"))
                .containsExactly(first.id().toString());
        assertThat(next.json().path("nextCursor").isNull()).isTrue();
        assertThat(patient(asha).get("/appointments?status=BOOKED").json().path("items"))
                .hasSize(1);
        assertThat(patient(asha)
                        .get("/appointments?from=" + second.text("end"))
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(patient(asha)
                        .get("/appointments?to=" + second.text("start"))
                        .json()
                        .path("items"))
                .hasSize(1);

        assertThat(Rest.as(port, doctor, "DOCTOR")
                        .get("/appointments")
                        .json()
                        .path("items")
                        .findValuesAsString("id"))
                .containsExactly(
                        others.id().toString(),
                        second.id().toString(),
                        first.id().toString());
        assertThat(patient(vivek).get("/appointments/" + first.id()).status()).isEqualTo(404);
        assertThat(Rest.as(port, UUID.randomUUID(), "DOCTOR")
                        .get("/appointments/" + first.id())
                        .status())
                .isEqualTo(404);
        assertThat(Rest.as(port, UUID.randomUUID(), "ADMIN")
                        .get("/appointments/" + first.id())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void others_locks_and_appointments_do_not_exist() {
        var slots = givenSlots(2);
        var lock = lock(asha, slots.get(0));
        var booked = givenBooked(asha, slots.get(1));

        assertThat(patient(vivek).get("/slot-locks/" + lock.id()).status()).isEqualTo(404);
        assertThat(patient(vivek).delete("/slot-locks/" + lock.id()).status()).isEqualTo(404);
        assertThat(book(vivek, lock.id(), codeOf(lock.id()), null).status()).isEqualTo(404);
        assertThat(patient(vivek)
                        .post("/appointments/" + booked.id() + "/cancel", "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(stateOf(slots.get(0))).isEqualTo("LOCKED 2");
        assertThat(stateOf(slots.get(1))).isEqualTo("BOOKED 3");
    }

    @Test
    void the_database_itself_refuses_what_must_never_be() {
        var slots = givenSlots(2);
        var booked = givenBooked(asha, slots.get(0));

        assertRefused("update slot set state = 'FREE', version = version + 1, appointment_id = null where id = '%s'"
                .formatted(slots.get(0)));
        assertRefused("update appointment set status = 'CANCELLED', cancelled_by = 'ADMIN', cancellation_reason = 'x',"
                + " cancelled_at = now() where id = '%s'".formatted(booked.id()));
        assertRefused("update slot set state = 'BOOKED', version = version + 1, appointment_id = '%s' where id = '%s'"
                .formatted(booked.id(), slots.get(1)));
        assertRefused("update slot set version = version + 1 where id = '%s'".formatted(slots.get(1)));
        assertRefused("update slot set starts_at = starts_at - interval '40 minutes', version = version + 1,"
                + " state = 'WITHDRAWN' where id = '%s' and false or id = '%s'".formatted(slots.get(1), slots.get(0)));
    }

    static Stream<String> routes() {
        return Stream.of(
                "GET /appointments",
                "GET /appointments/019a0000-0000-7000-8000-000000000000",
                "POST /appointments",
                "POST /appointments/019a0000-0000-7000-8000-000000000000/cancel",
                "POST /slot-locks",
                "GET /slot-locks/019a0000-0000-7000-8000-000000000000",
                "DELETE /slot-locks/019a0000-0000-7000-8000-000000000000");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void no_route_lets_in_a_missing_an_expired_or_a_tampered_token(String route) {
        var method = route.split(" ")[0];
        var path = route.split(" ")[1];
        var good = TestIssuer.token(asha, "PATIENT");
        var body = method.equals("POST") ? "{}" : null;

        for (var token : new String[] {
            null,
            TestIssuer.token(asha, Instant.now().minusSeconds(120), "PATIENT"),
            good.substring(0, good.length() - 9) + "AAAAAAAAA"
        }) {
            var answer = Rest.with(port, token).send(method, path, body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.text("code")).isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /slot-locks          | {"slotId":                                              | 400 | malformed-request |
            POST   | /slot-locks          | {}                                                      | 422 | validation-failed | slotId
            POST   | /slot-locks          | {"slotId":"no"}                                         | 400 | malformed-request | slotId
            POST   | /slot-locks          | {"slotId":7}                                            | 400 | malformed-request | slotId
            POST   | /slot-locks          | {"slotId":"019a0000-0000-7000-8000-000000000000","mode":"TELEPATHY"} | 400 | malformed-request | mode
            POST   | /slot-locks          | {"slotId":"019a0000-0000-7000-8000-000000000000","patientId":"019a0000-0000-7000-8000-000000000000"} | 400 | malformed-request | patientId
            POST   | /slot-locks          | {"slotId":"019a0000-0000-7000-8000-000000000000"}       | 404 | not-found |
            GET    | /slot-locks/x        |                                                         | 400 | malformed-request | id
            PATCH  | /slot-locks          | {}                                                      | 405 | method-not-allowed |
            POST   | /appointments        | {"slotLockId":"019a0000-0000-7000-8000-000000000000","code":"12"} | 422 | validation-failed | code
            POST   | /appointments        | {"slotLockId":"019a0000-0000-7000-8000-000000000000","code":123456} | 400 | malformed-request | code
            POST   | /appointments        | {"slotLockId":"019a0000-0000-7000-8000-000000000000","code":"123456"} | 404 | not-found |
            POST   | /appointments        | {"slotLockId":"019a0000-0000-7000-8000-000000000000","code":"123456","reason":"a\\u0000b"} | 422 | validation-failed | reason
            POST   | /appointments        | {"slotLockId":"019a0000-0000-7000-8000-000000000000","code":"123456","status":"FULFILLED"} | 400 | malformed-request | status
            GET    | /appointments?status=GONE  |                                                   | 400 | malformed-request | status
            GET    | /appointments?from=today   |                                                   | 400 | malformed-request | from
            GET    | /appointments?from=2026-12-01T10:00:00 |                                       | 400 | malformed-request | from
            GET    | /appointments?cursor=eA    |                                                   | 400 | invalid-cursor |
            POST   | /appointments/019a0000-0000-7000-8000-000000000000/cancel | {"reason":"x"}     | 404 | not-found |
            POST   | /appointments/019a0000-0000-7000-8000-000000000000/cancel | {"reason":" "}     | 422 | validation-failed | reason
            """)
    void bad_input_gets_the_right_problem(
            String method, String path, @Nullable String body, int status, String code, @Nullable String field) {
        var answer = patient(asha).send(method, path, body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        if (field != null) {
            assertThat(answer.json().path("errors").path(0).path("field").stringValue())
                    .isEqualTo(field);
        }
    }

    @Test
    void a_doctor_holds_no_slots() {
        assertThat(Rest.as(port, doctor, "DOCTOR").post("/slot-locks", "{}").text("code"))
                .isEqualTo("forbidden");
    }
}
