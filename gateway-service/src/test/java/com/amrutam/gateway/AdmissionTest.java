package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A gateway that takes two requests at once. */
@TestPropertySource(properties = {"amrutam.admission.requests=2", "amrutam.gateway.upstream.response-timeout=10s"})
class AdmissionTest extends GatewayTest {
    private static final String PATH = "/api/v1/specializations";

    @Test
    void a_third_request_is_refused_while_two_are_under_way_and_taken_when_one_is_answered() throws Exception {
        var arrived = new CountDownLatch(2);
        var mayAnswer = new Phaser(1);
        upstream("doctor").answer(PATH, exchange -> {
            arrived.countDown();
            mayAnswer.awaitAdvance(0);
            Upstream.send(exchange, 200, "application/json", "{}");
        });
        var first = CompletableFuture.supplyAsync(() -> call("GET", PATH, null));
        var second = CompletableFuture.supplyAsync(() -> call("GET", PATH, null));
        arrived.await();

        var third = call("GET", PATH, null);

        assertThat(assertProblem(third, 503, "service-unavailable")
                        .path("retryAfter")
                        .asInt())
                .isEqualTo(1);
        assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(call("GET", "/health", null).statusCode()).isEqualTo(200);

        mayAnswer.arrive();
        assertThat(first.thenApply(HttpResponse::statusCode).get()).isEqualTo(200);
        assertThat(second.thenApply(HttpResponse::statusCode).get()).isEqualTo(200);
        assertThat(call("GET", PATH, null).statusCode()).isEqualTo(200);
    }
}
