package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing is open that was not meant to be, and no error tells how we are built. */
@ExtendWith(RunningSystem.class)
class Api8SecurityMisconfigurationTest {
    @Test
    void what_is_for_operators_is_not_behind_the_public_door() throws InterruptedException {
        for (var path : List.of(
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/prometheus",
                "/actuator/beans",
                "/dev/messages?to=%2B919812345678",
                "/openapi",
                "/v3/api-docs",
                "/swagger-ui.html",
                "/api/v1/export",
                "/h2-console",
                "/.env",
                "/.git/config")) {
            assertThat(RunningSystem.somebody().api().get(path).status())
                    .as(path)
                    .isIn(401, 404);
        }
    }

    @Test
    void every_answer_carries_the_headers_that_keep_browsers_safe() throws InterruptedException {
        for (var path : List.of("/api/v1/specializations", "/api/v1/users/me", "/api/v1/nothing")) {
            var headers = RunningSystem.somebody().api().get(path).headers();
            assertThat(headers.allValues("X-Content-Type-Options")).as(path).containsExactly("nosniff");
            assertThat(headers.allValues("X-Frame-Options")).as(path).containsExactly("DENY");
            assertThat(headers.firstValue("Strict-Transport-Security")).as(path).isPresent();
            assertThat(headers.firstValue("Content-Security-Policy")).as(path).isPresent();
            assertThat(headers.firstValue("Cache-Control").orElse("")).as(path).contains("no-store");
            assertThat(headers.firstValue("Server")).as(path).isEmpty();
            assertThat(headers.firstValue("X-Powered-By")).as(path).isEmpty();
        }
    }

    @Test
    void an_error_tells_what_was_wrong_and_not_how_we_are_built() throws InterruptedException {
        var patient = Cast.patient();
        for (var answer : List.of(
                patient.api().get("/api/v1/doctors/not-a-uuid"),
                patient.api().get("/api/v1/doctors?cursor=%27%20or%201=1--"),
                patient.api().get("/api/v1/doctors?q=%27%3B%20drop%20table%20doctor%3B--"),
                patient.api().send("POST", "/api/v1/slot-locks", "{\"slotId\":[1]}", Map.of()),
                patient.api()
                        .send("POST", "/api/v1/slot-locks", "<xml/>", Map.of("Content-Type", "application/xml")))) {
            assertThat(answer.status()).as(answer.call()).isLessThan(500);
            assertThat(answer.body().toString())
                    .as(answer.call())
                    .doesNotContain(
                            "java.", "com.amrutam", "org.springframework", "PSQLException", "select ", "Jackson");
        }
    }
}
