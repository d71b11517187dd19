package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.AppointmentReviewed;
import com.amrutam.events.booking.Outcome;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.Leftovers;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What may become of an appointment that stands. */
class ChangesTest extends BookingScene {
    @Autowired
    ChangesTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        super(cipher, jdbc, tasks);
    }

    @Test
    void a_moved_appointment_stays_the_same_one_and_frees_the_slot_it_left() {
        var slots = givenSlots(2);
        var booked = givenBooked(asha, slots.get(0));

        var moved = reschedule(asha, booked.id(), slots.get(1), "If-Match", "\"1\"");

        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(moved.id()).isEqualTo(booked.id());
        assertThat(moved.header("ETag")).isEqualTo("\"2\"");
        assertThat(moved.text("slotId")).isEqualTo(slots.get(1).toString());
        assertThat(moved.text("start")).isGreaterThan(booked.text("start"));
        assertThat(moved.json().path("rescheduleCount").intValue()).isOne();
        assertThat(stateOf(slots.get(0))).isEqualTo("FREE 4");
        assertThat(stateOf(slots.get(1))).isEqualTo("BOOKED 2");
        var event = probe.await(
                AppointmentRescheduled.class, one -> one.getAppointmentId().equals(booked.id()));
        assertThat(event.getSlotVersion()).isEqualTo(2);
        assertThat(event.getPreviousSlotId()).isEqualTo(slots.get(0));
        assertThat(event.getPreviousSlotVersion()).isEqualTo(4);
        assertThat(event.getPreviousSlotFree()).isTrue();
        assertThat(event.getPreviousStart()).isEqualTo(Instant.parse(booked.text("start")));
        assertThat(givenBooked(vivek, slots.get(0)).status()).isEqualTo(201);
    }

    @Test
    void an_appointment_may_move_to_hours_that_overlap_its_own() {
        var start = Instant.now().plus(Duration.ofDays(12));
        var early = givenSlot(start, Mode.ONLINE);
        var booked = givenBooked(asha, early);
        unchecked(
                "update booking.slot set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'"
                        + " where id = '" + early + "'");
        var late = givenSlot(start.plus(Duration.ofMinutes(10)), Mode.ONLINE);

        assertThat(reschedule(asha, booked.id(), late).status()).isEqualTo(200);
    }

    @Test
    void an_expired_lock_does_not_stand_in_the_way_of_a_move() {
        var slots = givenSlots(2);
        var booked = givenBooked(asha, slots.get(0));
        var lock = lock(vivek, slots.get(1));
        expire(lock.id(), slots.get(1));

        assertThat(reschedule(asha, booked.id(), slots.get(1)).status()).isEqualTo(200);

        var released =
                probe.await(SlotReleased.class, event -> event.getSlotLockId().equals(lock.id()));
        assertThat(released.getReason()).isEqualTo(ReleaseReason.EXPIRED);
        assertThat(stateOf(slots.get(1))).isEqualTo("BOOKED 4");
    }

    @Test
    void of_many_moves_at_once_to_one_slot_one_succeeds_and_nobody_loses_their_slot() throws Exception {
        var slots = givenSlots(9);
        var wanted = slots.getLast();
        var patients = slots.subList(0, 8).stream()
                .map(slot -> {
                    var patient = UUID.randomUUID();
                    return new Booked(patient, givenBooked(patient, slot).id(), slot);
                })
                .toList();

        var answers = atOnce(patients.stream()
                .<Callable<Answer>>map(one -> () -> reschedule(one.patient(), one.appointment(), wanted))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.text("code").equals("slot-taken"))
                .hasSize(7);
        for (int i = 0; i < patients.size(); i++) {
            var moved = answers.get(i).status() == 200;
            assertThat(stateOf(patients.get(i).slot())).isEqualTo(moved ? "FREE 4" : "BOOKED 3");
        }
    }

    private record Booked(UUID patient, UUID appointment, UUID slot) {}

    @Test
    void two_patients_who_swap_their_slots_at_once_are_both_refused_or_served_and_never_stuck() throws Exception {
        var slots = givenSlots(2);
        var ashas = givenBooked(asha, slots.get(0));
        var viveks = givenBooked(vivek, slots.get(1));

        for (int round = 0; round < 20; round++) {
            var answers = atOnce(List.<Callable<Answer>>of(
                    () -> reschedule(asha, ashas.id(), slots.get(1)),
                    () -> reschedule(vivek, viveks.id(), slots.get(0))));
            assertThat(answers).extracting(Answer::status).containsOnly(409);
        }
    }

    @Test
    void a_doctor_who_calls_off_leaves_the_patient_the_next_three_free_slots() {
        var slots = givenSlots(6);
        var booked = givenBooked(asha, slots.get(0));
        lock(vivek, slots.get(2));

        doctorsClient().post("/appointments/" + booked.id() + "/cancel", "{\"reason\":\"Ill\"}");

        var event = probe.await(
                AppointmentCancelled.class, one -> one.getAppointmentId().equals(booked.id()));
        assertThat(event.getAlternatives())
                .extracting(OfferedSlot::getSlotId)
                .containsExactly(slots.get(1), slots.get(3), slots.get(4));
    }

    @Test
    void a_doctor_may_ask_for_less_notice_than_others() {
        var slot = UUID.randomUUID();
        publish(
                UUID.fromString(LENIENT_DOCTOR),
                List.of(offered(slot, Instant.now().plus(Duration.ofHours(2)), Mode.ONLINE)));
        var booked = givenBooked(asha, slot);

        assertThat(cancel(asha, booked.id()).status()).isEqualTo(200);
    }

    @Test
    void what_was_withdrawn_while_somebody_had_it_is_gone_once_given_back() {
        var slots = givenSlots(3);
        var booked = givenBooked(asha, slots.get(0));
        var lock = lock(vivek, slots.get(1));
        withdraw(slots.toArray(UUID[]::new));
        await().until(() -> stateOf(slots.get(2)).equals("WITHDRAWN 2"));
        assertThat(stateOf(slots.get(0))).isEqualTo("BOOKED 3");
        assertThat(stateOf(slots.get(1))).isEqualTo("LOCKED 2");

        cancel(asha, booked.id());
        patient(vivek).delete("/slot-locks/" + lock.id());

        assertThat(stateOf(slots.get(0))).isEqualTo("WITHDRAWN 4");
        assertThat(stateOf(slots.get(1))).isEqualTo("WITHDRAWN 3");
        assertThat(probe.await(
                                AppointmentCancelled.class,
                                one -> one.getAppointmentId().equals(booked.id()))
                        .getSlotFree())
                .isFalse();
        assertThat(probe.await(SlotReleased.class, one -> one.getSlotLockId().equals(lock.id()))
                        .getReason())
                .isEqualTo(ReleaseReason.DOCTOR_WITHDREW);
    }

    @Test
    void a_doctor_says_how_it_ended_and_the_patient_what_it_was_worth_once() {
        var booked = givenBooked(asha, givenSlots(1).getFirst());
        var path = "/appointments/" + booked.id();
        var early = doctorsClient().post(path + "/complete", "{\"outcome\":\"FULFILLED\"}");
        assertThat(early.text("code")).isEqualTo("too-early");
        assertThat(patient(asha).post(path + "/review", "{\"rating\":5}").text("code"))
                .isEqualTo("not-fulfilled");
        letStart(booked.id(), Instant.now().minusSeconds(60));

        var completed = doctorsClient().post(path + "/complete", "{\"outcome\":\"FULFILLED\"}", "If-Match", "\"1\"");
        assertThat(completed.status()).as(completed.toString()).isEqualTo(200);
        assertThat(completed.text("status")).isEqualTo("FULFILLED");
        var reviewed = patient(asha).post(path + "/review", "{\"rating\":4,\"comment\":\"Listened well\"}");
        assertThat(reviewed.status()).as(reviewed.toString()).isEqualTo(201);
        assertThat(reviewed.text("comment")).isEqualTo("Listened well");

        assertThat(patient(asha).post(path + "/review", "{\"rating\":1}").text("code"))
                .isEqualTo("already-reviewed");
        assertThat(doctorsClient()
                        .post(path + "/complete", "{\"outcome\":\"NOSHOW\"}")
                        .text("code"))
                .isEqualTo("not-booked");
        assertThat(probe.await(
                                AppointmentCompleted.class,
                                one -> one.getAppointmentId().equals(booked.id()))
                        .getOutcome())
                .isEqualTo(Outcome.FULFILLED);
        assertThat(probe.await(
                                AppointmentReviewed.class,
                                one -> one.getAppointmentId().equals(booked.id()))
                        .getRating())
                .isEqualTo(4);
    }

    @Test
    void of_many_reviews_at_once_one_is_taken() throws Exception {
        var booked = givenBooked(asha, givenSlots(1).getFirst());
        letStart(booked.id(), Instant.now().minusSeconds(60));
        doctorsClient().post("/appointments/" + booked.id() + "/complete", "{\"outcome\":\"FULFILLED\"}");

        Callable<Answer> review =
                () -> patient(asha).post("/appointments/" + booked.id() + "/review", "{\"rating\":3}");
        var answers = atOnce(List.of(review, review, review, review));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409, 409, 409);
    }

    @Test
    void the_calendar_file_follows_the_appointment() throws Exception {
        var slots = givenSlots(2);
        var booked = givenBooked(asha, slots.get(0));
        var first = calendar(booked.id());
        reschedule(asha, booked.id(), slots.get(1));
        var moved = calendar(booked.id());
        cancel(asha, booked.id());
        var cancelled = calendar(booked.id());

        assertThat(first.getUid()).isEqualTo(moved.getUid()).isEqualTo(cancelled.getUid());
        assertThat(first.getRequiredProperty("DTSTART").getValue())
                .isEqualTo(booked.text("start").replaceAll("[-:]", ""));
        assertThat(moved.getRequiredProperty("DTSTART").getValue())
                .isGreaterThan(first.getRequiredProperty("DTSTART").getValue());
        assertThat(List.of(sequence(first), sequence(moved), sequence(cancelled)))
                .containsExactly("0", "1", "2");
        assertThat(cancelled.getRequiredProperty("STATUS").getValue()).isEqualTo("CANCELLED");
    }

    private VEvent calendar(UUID appointment) throws Exception {
        var answer = patient(asha).get("/appointments/" + appointment + "/calendar.ics");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/calendar;charset=UTF-8");
        var calendar =
                new CalendarBuilder().build(new StringReader(answer.response().body()));
        assertThat(calendar.validate().getEntries()).isEmpty();
        return calendar.<VEvent>getComponent("VEVENT").orElseThrow();
    }

    private static String sequence(VEvent event) {
        return event.getRequiredProperty("SEQUENCE").getValue();
    }

    @Test
    void an_erased_patient_leaves_nothing_behind_but_a_past_that_names_nobody() {
        var slots = givenSlots(4);
        var past = givenBooked(asha, slots.get(0), "My knee");
        letStart(past.id(), Instant.now().minus(Duration.ofDays(2)));
        doctorsClient().post("/appointments/" + past.id() + "/complete", "{\"outcome\":\"FULFILLED\"}");
        patient(asha).post("/appointments/" + past.id() + "/review", "{\"rating\":5,\"comment\":\"My knee is well\"}");
        var ahead = givenBooked(asha, slots.get(1), "My knee again");
        var lock = lock(asha, slots.get(2));
        givenProfile("Dr. Asha Nair", 1);
        patient(asha)
                .post(
                        "/waitlist",
                        "{\"doctorId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
                                .formatted(
                                        doctor,
                                        Instant.now().plus(Duration.ofDays(40)),
                                        Instant.now().plus(Duration.ofDays(41))));

        var export = patient(asha).get("/export").json();
        assertThat(export.path("appointments").size()).isEqualTo(2);
        assertThat(export.at("/reviews/0/comment").asString()).isEqualTo("My knee is well");
        assertThat(patient(UUID.randomUUID()).get("/export").toString()).doesNotContain("My knee");

        probe.send(UserErased.newBuilder()
                .setUserId(asha)
                .setErasedAt(Instant.now())
                .build());

        var released =
                probe.await(SlotReleased.class, one -> one.getSlotLockId().equals(lock.id()));
        assertThat(released.getReason()).isEqualTo(ReleaseReason.USER_ERASED);
        probe.await(AppointmentCancelled.class, one -> one.getAppointmentId().equals(ahead.id()));
        assertThat(stateOf(slots.get(1))).isEqualTo("FREE 4");
        assertThat(stateOf(slots.get(2))).isEqualTo("FREE 3");
        assertThat(wordsOf("appointment", "reason", asha)).isZero();
        assertThat(wordsOf("review", "comment", asha)).isZero();
        assertThat(wordsOf("waitlist_entry", "id", asha)).isZero();
        assertThat(Leftovers.of("booking", "My knee")).isEmpty();
        assertThat(doctorsClient().get("/appointments/" + past.id()).text("status"))
                .isEqualTo("FULFILLED");
    }

    private int wordsOf(String table, String column, UUID patient) {
        return jdbc.sql("select count(%s) from %s where patient_id = ?".formatted(column, table))
                .param(patient)
                .query(Integer.class)
                .single();
    }
}
