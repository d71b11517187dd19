package com.amrutam.doctor.availability;

import static com.amrutam.doctor.BookingEvents.booked;
import static com.amrutam.doctor.BookingEvents.cancelled;
import static com.amrutam.doctor.BookingEvents.id;
import static com.amrutam.doctor.BookingEvents.locked;
import static com.amrutam.doctor.BookingEvents.released;
import static com.amrutam.doctor.BookingEvents.rescheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.localstack.junit.EventProbe;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTheRealStack
class AvailabilityTest {
    private static final LocalDate TOMORROW = LocalDate.now(ZoneOffset.UTC).plusDays(1);
    private static EventProbe probe;

    private final Service service;
    private final Given given;
    private final Slots slots;
    private final MeterRegistry metrics;
    private UUID doctor = new UUID(0, 0);
    private List<JsonNode> offered = List.of();

    @Autowired
    AvailabilityTest(Service service, Given given, Slots slots, MeterRegistry metrics) {
        this.service = service;
        this.given = given;
        this.slots = slots;
        this.metrics = metrics;
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
        offered = free();
        assertThat(offered).hasSize(4);
    }

    @Test
    void a_slot_vanishes_while_it_is_locked_and_comes_back() {
        var slot = offered.getFirst();

        probe.send(locked(slot, 2));
        awaitFree(offered.subList(1, 4));

        probe.send(released(slot, 3, ReleaseReason.EXPIRED));
        awaitFree(offered);
    }

    @Test
    void a_booked_slot_is_gone_until_the_appointment_is_cancelled() {
        var slot = offered.getFirst();

        probe.send(locked(slot, 2));
        probe.send(booked(slot, 3));
        awaitVersion(slot, 3);
        assertThat(free()).isEqualTo(offered.subList(1, 4));

        probe.send(cancelled(slot, 4, true));
        awaitFree(offered);
    }

    @Test
    void a_slot_the_doctor_no_longer_offers_does_not_come_back() {
        var slot = offered.getFirst();
        probe.send(booked(slot, 3));
        awaitFree(offered.subList(1, 4));

        probe.send(cancelled(slot, 4, false));

        awaitVersion(slot, 4);
        assertThat(free()).isEqualTo(offered.subList(1, 4));
    }

    @Test
    void rescheduling_takes_the_new_slot_and_frees_the_old_unless_it_went_to_somebody_else() {
        var first = offered.get(0);
        var second = offered.get(1);
        var third = offered.get(2);
        probe.send(booked(first, 3));
        awaitFree(offered.subList(1, 4));

        probe.send(rescheduled(first, 4, true, second, 2));
        awaitFree(List.of(first, third, offered.get(3)));

        probe.send(rescheduled(second, 3, false, third, 2));
        awaitFree(List.of(first, offered.get(3)));
    }

    @Test
    void whatever_the_order_and_however_often_the_highest_version_decides() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var slot = offered.getFirst();
        var other = offered.get(1);
        // Each event under its own id, some of them twice: what a rebalance or a replay may bring.
        record Sent(UUID eventId, SpecificRecord event) {}
        var history = new ArrayList<Sent>();
        for (var event : List.of(
                locked(slot, 2),
                released(slot, 3, ReleaseReason.RELEASED),
                locked(slot, 4),
                booked(slot, 5),
                rescheduled(slot, 6, true, other, 2),
                locked(slot, 7),
                released(slot, 8, ReleaseReason.EXPIRED),
                cancelled(other, 3, true),
                locked(other, 4))) {
            history.add(new Sent(UUID.randomUUID(), event));
        }
        history.addAll(List.copyOf(history.subList(2, 6)));
        Collections.shuffle(history, random);

        history.forEach(sent -> probe.send(sent.eventId(), sent.event()));

        awaitVersion(slot, 8);
        awaitVersion(other, 4);
        assertThat(free()).as("seed %d", seed).containsExactly(slot, offered.get(2), offered.get(3));
    }

    @Test
    void news_of_a_lower_version_than_seen_is_ignored_and_counted() {
        var slot = offered.getFirst();
        var stale = metrics.counter("amrutam.events.stale", "about", "slot");
        probe.send(locked(slot, 5));
        awaitVersion(slot, 5);
        double before = stale.count();

        probe.send(released(slot, 3, ReleaseReason.EXPIRED));

        await().until(() -> stale.count() == before + 1);
        assertThat(free()).doesNotContain(slot);
    }

    @Test
    void a_taken_slot_that_no_longer_fits_is_withdrawn_once_it_is_given_back() {
        var slot = offered.getFirst();
        probe.send(locked(slot, 2));
        awaitFree(offered.subList(1, 4));
        // The doctor starts half an hour later from now on.
        service.put("/doctors/me/schedule", Service.doctor(doctor), Given.everyDay("10:30", "12:00", 5))
                .ok();
        assertThat(withdrawnEvents(slot)).isZero();

        probe.send(released(slot, 3, ReleaseReason.EXPIRED));

        probe.await(SlotsWithdrawn.class, event -> event.getSlotIds().contains(id(slot, "id")));
        assertThat(free()).isEqualTo(offered.subList(1, 4));
    }

    @Test
    void a_patient_who_was_faster_than_the_doctors_change_keeps_the_slot() {
        var slot = offered.getFirst();
        // 10:15 to 11:45: nothing of the old grid stays, and 10:15 lies over the slot at 10:00.
        service.put("/doctors/me/schedule", Service.doctor(doctor), Given.everyDay("10:15", "11:45", 5))
                .ok();
        var moved = free();
        assertThat(moved).hasSize(3);

        // Booking had locked it before it heard of the withdrawal.
        probe.send(booked(slot, 3));

        awaitFree(moved.subList(1, 3));
        probe.await(SlotsWithdrawn.class, event -> event.getSlotIds().contains(id(moved.getFirst(), "id")));
        var again = service.put("/doctors/me/schedule", Service.doctor(doctor), Given.everyDay("10:15", "11:45", 5))
                .ok();
        assertThat(again.path("conflicts").path(0)).isEqualTo(slot);
        assertThat(again.path("published").intValue()).isZero();
    }

    private List<JsonNode> free() {
        return service.get(
                        "/doctors/" + doctor + "/slots?from=" + TOMORROW + "T00:00:00Z&to=" + TOMORROW + "T23:00:00Z")
                .ok()
                .path("items")
                .valueStream()
                .toList();
    }

    private void awaitFree(List<JsonNode> expected) {
        await().untilAsserted(() -> assertThat(free()).isEqualTo(expected));
    }

    private void awaitVersion(JsonNode slot, int version) {
        await().until(() -> slots.find(id(slot, "id")).map(Slot::version).orElse(0) == version);
    }

    private static long withdrawnEvents(JsonNode slot) {
        return probe.seen(SlotsWithdrawn.class).stream()
                .filter(event -> event.getSlotIds().contains(id(slot, "id")))
                .count();
    }
}
