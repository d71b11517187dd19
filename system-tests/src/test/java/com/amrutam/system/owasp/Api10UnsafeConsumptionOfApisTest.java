package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people wrote stays text, in whatever it is put into on its way to others: messages, calendars, headers, logs. */
@ExtendWith(RunningSystem.class)
class Api10UnsafeConsumptionOfApisTest {
    @Test
    void a_reason_cannot_add_lines_to_a_calendar_file() throws InterruptedException {
        var patient = Cast.patient();
        var begun = Instant.now();
        var lock = Visit.hold(patient, Visit.slot(patient)).expect(201);
        var code = patient.awaitMessage("BOOKING_CODE", begun).code();
        var reason = "pain\r\nATTENDEE:mailto:evil@example.org\r\nEND:VEVENT\r\nBEGIN:VALARM; <b>{code} ${7*7} %s</b>";
        var appointment = patient.api()
                .post("/api/v1/appointments", Map.of("slotLockId", lock.text("id"), "code", code, "reason", reason))
                .expect(201);
        assertThat(appointment.text("reason")).isEqualTo(reason);

        var file = patient.api()
                .send(
                        "GET",
                        "/api/v1/appointments/" + appointment.text("id") + "/calendar.ics",
                        null,
                        Map.of("Accept", "text/calendar"))
                .expect(200);

        assertThat(file.body().asText().lines().map(String::strip))
                .noneMatch(line -> line.startsWith("ATTENDEE") || line.startsWith("BEGIN:VALARM"))
                .filteredOn("END:VEVENT"::equals)
                .hasSize(1);
        var told = patient.awaitMessage("APPOINTMENT_BOOKED", begun).text();
        assertThat(told).doesNotContain("49", "{0}");
    }

    @Test
    void names_that_would_break_headers_are_refused() throws InterruptedException {
        var patient = Cast.patient();
        for (var name : new String[] {"Asha\\r\\nBcc: evil@example.org", "Asha\\u0000", "Asha\\u2028x"}) {
            assertThat(patient.api()
                            .send("PATCH", "/api/v1/users/me", "{\"name\":\"" + name + "\"}", Map.of())
                            .status())
                    .as(name)
                    .isEqualTo(422);
        }
        patient.api()
                .send("PATCH", "/api/v1/users/me", "{\"name\":\"Asha <b>\\\"O'Hara\\\"</b> 🌿\"}", Map.of())
                .expect(200);
    }

    @Test
    void headers_of_a_request_reach_no_answer() throws InterruptedException {
        var answer = RunningSystem.somebody()
                .api()
                .send(
                        "GET",
                        "/api/v1/specializations",
                        null,
                        Map.of(
                                "traceparent",
                                "00-x-y-01",
                                "X-Request-Id",
                                "<script>",
                                "X-Forwarded-Host",
                                "evil.example"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{32}");
        assertThat(answer.headers().map().toString()).doesNotContain("evil.example", "<script>");
    }
}
