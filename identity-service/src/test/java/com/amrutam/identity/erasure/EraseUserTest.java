package com.amrutam.identity.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.identity.UserErased;
import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.Leftovers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@IdentityTest
class EraseUserTest {
    private static final String ME = "/api/v1/users/me";

    private final Api api;

    EraseUserTest(@LocalServerPort int port) {
        this.api = new Api(port);
    }

    @Test
    void nothing_of_the_person_is_left_and_everybody_is_told() {
        try (var probe = EventProbe.fromNow()) {
            var asha = Person.stranger(api);
            var session = asha.logIn();
            assertThat(api.send(
                                    "PATCH",
                                    ME,
                                    session.accessToken(),
                                    """
                            {"name": "Asha Unforgettable", "email": "asha.unforgettable@example.org"}""",
                                    "Idempotency-Key",
                                    UUID.randomUUID().toString())
                            .status())
                    .isEqualTo(200);
            assertThat(Leftovers.of("identity", asha.phone())).isNotEmpty();

            var answer = api.send("DELETE", ME, session.accessToken(), null);

            assertThat(answer.status()).isEqualTo(202);
            probe.await(UserErased.class, event -> event.getUserId().equals(session.userId()));
            probe.awaitTombstone("identity.contact-changed.v1", session.userId().toString());
            // What was published stays in the outbox for days, for republication, and goes with its partitions.
            assertThat(Leftovers.of("identity", asha.phone(), "Asha Unforgettable", "asha.unforgettable"))
                    .allMatch(place -> place.startsWith("outbox_event"));
            assertThat(api.post("/api/v1/auth/refresh", null, """
                            {"refreshToken": "%s"}""".formatted(session.refreshToken()))
                            .outcome())
                    .isEqualTo("401 refresh-token-invalid");
            assertThat(api.get(ME, session.accessToken()).outcome()).isEqualTo("404 not-found");
            assertThat(api.send("DELETE", ME, session.accessToken(), null).outcome())
                    .isEqualTo("404 not-found");
            assertThat(asha.logIn().userId()).as("somebody new").isNotEqualTo(session.userId());
        }
    }

    @Test
    void an_appointment_ahead_stands_in_the_way_until_it_is_cancelled() {
        try (var probe = EventProbe.fromNow()) {
            var session = Person.stranger(api).logIn();
            var appointmentId = UUID.randomUUID();
            var start = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
            probe.send(booked(appointmentId, session.userId(), start));

            await().untilAsserted(() -> assertThat(
                            api.get("/api/v1/export", session.accessToken()).status())
                    .isEqualTo(200));
            await().until(() -> Leftovers.of("identity", session.userId().toString()).stream()
                    .anyMatch(place -> place.startsWith("appointment_ahead")));
            assertThat(api.send("DELETE", ME, session.accessToken(), null).outcome())
                    .isEqualTo("409 appointments-ahead");
            assertThat(api.get(ME, session.accessToken()).status()).isEqualTo(200);

            probe.send(cancelled(appointmentId, session.userId(), start));
            await().untilAsserted(() -> assertThat(
                            api.send("DELETE", ME, session.accessToken(), null).outcome())
                    .isEqualTo("202"));
        }
    }

    @Test
    void a_person_gets_everything_held_on_them_and_nothing_of_others() {
        var asha = Person.stranger(api);
        var session = asha.logIn();

        var export = api.get("/api/v1/export", session.accessToken());

        assertThat(export.status()).isEqualTo(200);
        assertThat(export.body().at("/user/0/phone").asString()).isEqualTo(asha.phone());
        assertThat(export.body().required("sessions").size()).isEqualTo(1);
        assertThat(export.body().required("loginCodes").size()).isEqualTo(1);
        assertThat(export.toString()).doesNotContain("digest");
        assertThat(api.get("/api/v1/export", null).outcome()).isEqualTo("401 unauthenticated");
    }

    private static AppointmentBooked booked(UUID id, UUID patientId, Instant start) {
        return AppointmentBooked.newBuilder()
                .setAppointmentId(id)
                .setAppointmentVersion(1)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(UUID.randomUUID())
                .setPatientId(patientId)
                .setMode(Mode.ONLINE)
                .setStart(start)
                .setEnd(start.plus(30, ChronoUnit.MINUTES))
                .setBookedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    private static AppointmentCancelled cancelled(UUID id, UUID patientId, Instant start) {
        return AppointmentCancelled.newBuilder()
                .setAppointmentId(id)
                .setAppointmentVersion(2)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(4)
                .setSlotFree(true)
                .setDoctorId(UUID.randomUUID())
                .setPatientId(patientId)
                .setMode(Mode.ONLINE)
                .setStart(start)
                .setEnd(start.plus(30, ChronoUnit.MINUTES))
                .setCancelledBy(CancelledBy.PATIENT)
                .setCancelledAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
    }
}
