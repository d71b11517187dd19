package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.OtpRequested;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.event.Arrival;
import com.amrutam.localstack.event.EventReader;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Services;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The product's main job, through five processes. */
@ExtendWith(RunningSystem.class)
class JourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void a_patient_finds_a_doctor_holds_a_slot_confirms_it_and_is_told_so() throws InterruptedException {
        try (var events = events()) {
            var patient = Visit.patient();
            var slot = Visit.slot(patient);
            var begun = Instant.now();

            var lock = Visit.hold(patient, slot).expect(201);
            assertThat(lock.text("status")).isEqualTo("ACTIVE");
            assertThat(lock.headers().firstValue("Location")).contains("/api/v1/slot-locks/" + lock.text("id"));
            var code = patient.awaitMessage("BOOKING_CODE", begun).code();
            var appointment = Visit.confirm(patient, lock, code).expect(201);

            assertThat(appointment.text("status")).isEqualTo("BOOKED");
            assertThat(appointment.text("slotId")).isEqualTo(slot.path("id").asText());
            assertThat(appointment.text("start")).isEqualTo(slot.path("start").asText());
            assertThat(appointment.text("doctorName")).isEqualTo("Dr. Lakshmi Pillai");
            assertThat(patient.awaitMessage("APPOINTMENT_BOOKED", begun).text())
                    .contains("Dr. Lakshmi Pillai")
                    .contains("booked");
            assertThat(patient.api()
                            .get("/api/v1/appointments")
                            .expect(200)
                            .body()
                            .path("items"))
                    .singleElement()
                    .isEqualTo(appointment.body());

            var appointmentId = UUID.fromString(appointment.text("id"));
            var booked = arrival(
                    events,
                    AppointmentBooked.class,
                    event -> event.getAppointmentId().equals(appointmentId));
            assertThat(booked.key()).isEqualTo(slot.path("doctorId").asText());
            assertThat(booked.headers()).containsKeys("event-id", "event-type", "occurred-at", "traceparent");
            var lockId = UUID.fromString(lock.text("id"));
            arrival(events, SlotLocked.class, event -> event.getSlotLockId().equals(lockId));
            arrival(events, OtpRequested.class, event -> event.getSlotLockId().equals(lockId));
        }
    }

    @Test
    void a_cancelled_appointment_frees_its_slot_for_the_next() throws InterruptedException {
        try (var events = events()) {
            var patient = Visit.patient();
            var slot = Visit.slot(patient);
            var appointment = Visit.book(patient, slot);
            var next = Visit.patient();
            assertThat(Visit.hold(next, slot).expect(409).text("code")).isEqualTo("slot-taken");

            var begun = Instant.now();
            var cancelled = patient.api()
                    .post("/api/v1/appointments/" + appointment.text("id") + "/cancel", Map.of("reason", "Recovered"))
                    .expect(200);

            assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
            patient.awaitMessage("APPOINTMENT_CANCELLED", begun);
            var appointmentId = UUID.fromString(appointment.text("id"));
            arrival(
                    events,
                    AppointmentCancelled.class,
                    event -> event.getAppointmentId().equals(appointmentId));
            assertThat(Visit.book(next, slot).text("status")).isEqualTo("BOOKED");
        }
    }

    @Test
    void a_taken_slot_leaves_the_search_and_a_freed_one_comes_back() throws InterruptedException {
        var patient = Visit.patient();
        var slot = Visit.slot(patient);
        var lock = Visit.hold(patient, slot).expect(201);
        awaitOffered(slot, false);

        patient.api().delete("/api/v1/slot-locks/" + lock.text("id")).expect(204);

        awaitOffered(slot, true);
    }

    @Test
    void a_view_of_slots_that_went_wrong_is_made_anew_by_an_administrator() throws Exception {
        var slot = Visit.slot(Visit.patient());
        try (var connection = RunningSystem.stack().connect();
                var mistake = connection.prepareStatement(
                        "update doctor.slot set state = 'BOOKED', version = 9 where id = ?")) {
            mistake.setObject(1, UUID.fromString(slot.path("id").asText()));
            assertThat(mistake.executeUpdate()).isOne();
        }
        awaitOffered(slot, false);

        try (var http = HttpClient.newHttpClient()) {
            var administrator = new Person(Services.ADMIN_PHONE, RunningSystem.services(), http);
            administrator.logIn();
            var rebuilt = administrator
                    .api()
                    .post("/api/v1/admin/doctors/availability/rebuild")
                    .expect(200)
                    .body();
            assertThat(rebuilt.path("corrected").intValue()).isPositive();
        }

        awaitOffered(slot, true);
    }

    /** The search hears of a slot by event, a little later. */
    private static void awaitOffered(JsonNode slot, boolean offered) {
        await().atMost(PATIENCE).until(() -> isOffered(slot) == offered);
    }

    private static boolean isOffered(JsonNode slot) throws InterruptedException {
        return RunningSystem.somebody()
                .api()
                .get("/api/v1/doctors/%s/slots?from=%s&to=%s"
                        .formatted(
                                slot.path("doctorId").asText(),
                                slot.path("start").asText(),
                                slot.path("end").asText()))
                .expect(200)
                .body()
                .path("items")
                .findValuesAsText("id")
                .contains(slot.path("id").asText());
    }

    private static <T extends SpecificRecord> Arrival arrival(EventReader events, Class<T> type, Predicate<T> condition)
            throws InterruptedException {
        var found = events.await(
                PATIENCE,
                arrivals -> arrivals.stream()
                        .filter(arrival ->
                                type.isInstance(arrival.event()) && condition.test(type.cast(arrival.event())))
                        .findFirst()
                        .orElse(null));
        assertThat(found).as(type.getSimpleName()).isNotNull();
        return Objects.requireNonNull(found);
    }

    private static EventReader events() {
        var stack = RunningSystem.stack();
        var codec = new EventCodec(new SchemaRegistry(stack.registryUrl()));
        Arrays.stream(Topic.values()).forEach(codec::prepare);
        return new EventReader(stack.bootstrapServers(), codec);
    }
}
