package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every resource of a person, tried by another patient, by a doctor whose it is not, and by nobody. */
@ExtendWith(RunningSystem.class)
class Api1BrokenObjectLevelAuthorizationTest {
    private record Call(
            String method, String path, @Nullable String body) {}

    @Test
    void anothers_resource_looks_as_if_it_were_not_there() throws InterruptedException {
        var owner = Cast.patient();
        var slot = Visit.slot(owner);
        var appointment = Visit.book(owner, slot);
        var lock = Visit.hold(owner, Visit.slot(owner)).expect(201);
        var entry = owner.api()
                .post(
                        "/api/v1/waitlist",
                        Map.of(
                                "doctorId", slot.path("doctorId").asText(),
                                "from", Instant.now().plus(60, ChronoUnit.DAYS).toString(),
                                "to", Instant.now().plus(61, ChronoUnit.DAYS).toString()))
                .expect(201);
        var mine = "/api/v1/appointments/" + appointment.text("id");
        var calls = List.of(
                new Call("GET", mine, null),
                new Call("GET", mine + "/calendar.ics", null),
                new Call("POST", mine + "/cancel", "{\"reason\":\"mine now\"}"),
                new Call(
                        "POST",
                        mine + "/reschedule",
                        "{\"slotId\":\"" + slot.path("id").asText() + "\"}"),
                new Call("POST", mine + "/complete", "{\"outcome\":\"NOSHOW\"}"),
                new Call("POST", mine + "/review", "{\"rating\":1}"),
                new Call("GET", "/api/v1/slot-locks/" + lock.text("id"), null),
                new Call("DELETE", "/api/v1/slot-locks/" + lock.text("id"), null),
                new Call("DELETE", "/api/v1/waitlist/" + entry.text("id"), null),
                new Call(
                        "POST",
                        "/api/v1/appointments",
                        "{\"slotLockId\":\"" + lock.text("id") + "\",\"code\":\"123456\"}"));

        var otherPatient = Cast.patient();
        var otherDoctor = Cast.doctor(1);
        for (var call : calls) {
            assertThat(status(otherPatient, call))
                    .as("another patient: %s", call)
                    .isEqualTo(404);
            // Holding, booking and waiting are for patients, which the role says before anything is looked up.
            assertThat(status(otherDoctor, call)).as("another doctor: %s", call).isIn(403, 404);
            assertThat(status(RunningSystem.somebody(), call))
                    .as("nobody: %s", call)
                    .isEqualTo(401);
        }

        assertThat(owner.api().get(mine).expect(200).text("status")).isEqualTo("BOOKED");
        assertThat(owner.api()
                        .get("/api/v1/slot-locks/" + lock.text("id"))
                        .expect(200)
                        .text("status"))
                .isEqualTo("ACTIVE");
        assertThat(owner.api()
                        .get("/api/v1/waitlist")
                        .body()
                        .at("/items/0/status")
                        .asText())
                .isEqualTo("WAITING");
        assertThat(otherPatient.api().get("/api/v1/appointments").body().path("items"))
                .isEmpty();
        assertThat(otherPatient.api().get("/api/v1/notifications").body().toString())
                .doesNotContain(appointment.text("id"));
    }

    private static int status(Person person, Call call) throws InterruptedException {
        return person.api()
                .send(call.method(), call.path(), call.body(), Map.of())
                .status();
    }
}
