package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.junit.TestIssuer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Two instances of notification-service, one of which fails in every way there is. */
class InstancesTest extends GatewayTest {
    private static final String READINESS = "/actuator/health/readiness";
    private static final String PATH = "/api/v1/notifications";
    private static final Upstream ONE = new Upstream("one");
    private static final Upstream OTHER = new Upstream("other");

    @DynamicPropertySource
    static void twoInstances(DynamicPropertyRegistry registry) {
        ELSEWHERE.put("notification", ONE.url() + "," + OTHER.url());
        registry.add("amrutam.gateway.upstream.breaker.window", () -> "2s");
        registry.add("amrutam.gateway.upstream.breaker.minimum-calls", () -> "4");
        registry.add("amrutam.gateway.upstream.breaker.pause", () -> "300ms");
    }

    @AfterAll
    static void backToOne() {
        ELSEWHERE.clear();
    }

    private final String token = TestIssuer.token(UUID.randomUUID(), "PATIENT");

    @AfterEach
    void forget() {
        ONE.forgetAnswers();
        OTHER.forgetAnswers();
    }

    @Test
    void requests_go_to_both_and_to_one_while_the_other_says_it_is_not_ready() {
        await().until(() -> served("one") && served("other"));

        ONE.answer(READINESS, exchange -> Upstream.send(exchange, 503, "application/json", "{}"));
        await().until(() -> theNextTen("other"));
        ONE.forgetAnswers();
        await().until(() -> served("one"));
    }

    @Test
    void nobody_notices_an_instance_that_goes_away_and_comes_back() {
        ONE.stop();
        try {
            for (int number = 0; number < 40; number++) {
                assertThat(get()).isEqualTo("other");
            }
            // What never arrived anywhere can be sent elsewhere, whatever it is.
            var change = send(request("POST", PATH, "{}").header("Authorization", "Bearer " + token));
            assertThat(change.statusCode()).isEqualTo(200);
        } finally {
            ONE.start();
        }
        await().until(() -> served("one"));
    }

    @Test
    void a_read_that_was_broken_off_is_asked_once_more_a_change_is_not() {
        ONE.answer(PATH, exchange -> {
            throw new java.io.IOException("broken off");
        });
        for (int number = 0; number < 10; number++) {
            assertThat(get()).isEqualTo("other");
        }
        await().until(() -> {
            var change = send(request("POST", PATH, "{}").header("Authorization", "Bearer " + token));
            return change.statusCode() == 502;
        });
    }

    @Test
    void a_service_that_fails_again_and_again_is_left_alone_for_a_while() {
        for (var instance : new Upstream[] {ONE, OTHER}) {
            instance.answer(PATH, exchange -> {
                throw new java.io.IOException("broken off");
            });
        }
        // Refused without asking: judged on the refusal itself, for the pause may be over by a second call.
        await().until(() -> {
            int asked = asked();
            var answer = call("GET", PATH, TestIssuer.token(UUID.randomUUID(), "PATIENT"));
            if (!json(answer).path("detail").asString().contains("too often")) {
                return false;
            }
            assertProblem(answer, 503, "service-unavailable");
            assertThat(asked()).isEqualTo(asked);
            return true;
        });

        forget();
        await().until(() -> call("GET", PATH, TestIssuer.token(UUID.randomUUID(), "PATIENT"))
                        .statusCode()
                == 200);
    }

    private static int asked() {
        return ONE.received(PATH).size() + OTHER.received(PATH).size();
    }

    private String get() {
        var answer = call("GET", PATH, TestIssuer.token(UUID.randomUUID(), "PATIENT"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("service").asString();
    }

    private boolean served(String instance) {
        return get().equals(instance);
    }

    private boolean theNextTen(String instance) {
        for (int number = 0; number < 10; number++) {
            if (!get().equals(instance)) {
                return false;
            }
        }
        return true;
    }
}
