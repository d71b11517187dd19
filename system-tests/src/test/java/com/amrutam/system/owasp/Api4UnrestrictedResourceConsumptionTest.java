package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody takes more than their share: of requests, bytes, rows or messages. */
@ExtendWith(RunningSystem.class)
class Api4UnrestrictedResourceConsumptionTest {
    @Test
    void requests_beyond_the_limit_are_refused_and_told_when_to_come_back() throws InterruptedException {
        var patient = Cast.patient();
        int refused = 0;
        for (int number = 0; number < 105; number++) {
            var answer = patient.api().get("/api/v1/users/me");
            if (answer.status() == 429) {
                refused++;
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.text("code")).isEqualTo("too-many-requests");
            }
        }
        assertThat(refused).isBetween(4, 6);
    }

    @Test
    void pages_ranges_and_bodies_have_an_end() throws InterruptedException {
        var patient = Cast.patient();
        assertThat(patient.api().get("/api/v1/doctors?limit=1000000").status()).isEqualTo(400);
        var doctor = patient.api()
                .get("/api/v1/doctors?limit=1")
                .body()
                .at("/items/0/id")
                .asText();
        assertThat(patient.api()
                        .get("/api/v1/doctors/" + doctor + "/slots?from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z")
                        .status())
                .isEqualTo(422);
        var huge = "{\"name\":\"" + "x".repeat(1_500_000) + "\"}";
        assertThat(patient.api()
                        .send("PATCH", "/api/v1/users/me", huge, Map.of())
                        .status())
                .isEqualTo(413);
        var deep = "[".repeat(50_000);
        assertThat(patient.api()
                        .send("PATCH", "/api/v1/users/me", "{\"name\":" + deep, Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(patient.api()
                        .send("GET", "/api/v1/users/me", null, Map.of("X-Large", "x".repeat(100_000)))
                        .status())
                .isBetween(400, 499);
        assertThat(patient.api().get("/api/v1/doctors?q=" + "a".repeat(5_000)).status())
                .isEqualTo(422);
    }
}
