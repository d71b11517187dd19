package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.localstack.junit.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassingOnTest extends GatewayTest {
    private static final String PROBLEM = "application/problem+json";

    @Test
    void body_headers_and_status_pass_both_ways() {
        upstream("booking").answer("/api/v1/slot-locks", exchange -> {
            exchange.getResponseHeaders().set("Location", "/api/v1/slot-locks/42");
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            Upstream.send(exchange, 201, "application/json", "{\"id\":42}");
        });

        var response = send(request("POST", "/api/v1/slot-locks", "{\"slotId\":\"é\"}")
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), "PATIENT"))
                .header("Idempotency-Key", "k-1")
                .header("If-Match", "\"0\""));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"id\":42}");
        assertThat(response.headers().allValues("Location")).containsExactly("/api/v1/slot-locks/42");
        assertThat(response.headers().allValues("ETag")).containsExactly("\"1\"");
        var received = upstream("booking").last("/api/v1/slot-locks");
        assertThat(new String(received.body(), StandardCharsets.UTF_8)).isEqualTo("{\"slotId\":\"é\"}");
        assertThat(received.header("Content-Type")).isEqualTo("application/json");
        assertThat(received.header("Idempotency-Key")).isEqualTo("k-1");
        assertThat(received.header("If-Match")).isEqualTo("\"0\"");
    }

    @ParameterizedTest
    @CsvSource({
        "q=a%2Bb%20c,             q=a%2Bb%20c",
        "from=2026-11-24T00:00Z,  from=2026-11-24T00:00Z",
        "q=%C3%A9%26x&q=2,        q=%C3%A9%26x&q=2",
    })
    void the_query_means_the_same_to_the_service(String sent, String meant) {
        call("GET", "/api/v1/doctors?" + sent, null);

        var target = upstream("doctor").received("/api/v1/doctors").getLast().target();
        assertThat(java.net.URLDecoder.decode(target.substring(target.indexOf('?') + 1), StandardCharsets.UTF_8))
                .isEqualTo(java.net.URLDecoder.decode(meant, StandardCharsets.UTF_8));
    }

    @Test
    void a_problem_of_a_service_passes_untouched() {
        var problem = "{\"type\":\"https://api.amrutam.com/problems/slot-taken\",\"status\":409,\"alternatives\":[]}";
        upstream("booking")
                .answer("/api/v1/appointments/7", exchange -> Upstream.send(exchange, 409, PROBLEM, problem));

        var response = call("GET", "/api/v1/appointments/7", TestIssuer.token(UUID.randomUUID()));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(PROBLEM);
        assertThat(response.body()).isEqualTo(problem);
    }

    @Test
    void one_trace_goes_through_gateway_and_service() {
        var traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        var response = send(request("GET", "/api/v1/doctors/trace", null)
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01"));

        assertThat(response.headers().allValues("X-Request-Id")).containsExactly(traceId);
        var received = upstream("doctor").last("/api/v1/doctors/trace");
        assertThat(received.header("traceparent"))
                .matches("00-" + traceId + "-[0-9a-f]{16}-01")
                .doesNotContain("00f067aa0ba902b7");
        assertThat(received.header("X-Request-Id")).isEqualTo(traceId);
    }

    @Test
    void a_service_hears_of_the_client_from_the_gateway_only() {
        send(request("GET", "/api/v1/doctors/who", null)
                .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "gopher")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Forwarded", "for=192.0.2.1"));

        var received = upstream("doctor").last("/api/v1/doctors/who");
        assertThat(received.headers().get("X-Forwarded-For")).containsExactly("203.0.113.9");
        assertThat(received.headers())
                .doesNotContainKeys("X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix");
        assertThat(received.headers()).doesNotContainKey("Forwarded");
    }

    @Test
    void what_is_about_one_connection_stays_on_it() throws IOException {
        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");
        upstream("identity").answer("/api/v1/users/me", exchange -> {
            exchange.getResponseHeaders().add("Keep-Alive", "timeout=7");
            exchange.getResponseHeaders().add("X-Of-The-Service", "kept");
            Upstream.send(exchange, 200, "application/json", "{}");
        });

        var answer = raw("GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nX-Yours: 2\r\nTE: trailers\r\nProxy-Authorization: x"
                + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("X-Of-The-Service: kept")
                .doesNotContain("timeout=7");
        assertThat(upstream("identity").last("/api/v1/users/me").headers())
                .containsKey("X-yours")
                .doesNotContainKeys("X-mine", "Te", "Proxy-authorization");
    }

    @Test
    void a_large_answer_passes_without_being_held() throws Exception {
        var chunk = new byte[64 * 1024];
        Arrays.fill(chunk, (byte) 'x');
        upstream("identity").answer("/api/v1/users/me/photo", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1024; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        var response = HTTP.send(
                request("GET", "/api/v1/users/me/photo", null)
                        .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.body().transferTo(java.io.OutputStream.nullOutputStream()))
                .isEqualTo(64L * 1024 * 1024);
    }

    @Test
    void a_live_stream_passes_event_by_event_and_ends_when_the_client_goes() throws Exception {
        var clientSawTheFirst = new CountDownLatch(1);
        var serviceNoticed = new CountDownLatch(1);
        upstream("doctor").answer("/api/v1/doctors/9/slots/stream", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try {
                write(exchange.getResponseBody(), "data: first\n\n");
                clientSawTheFirst.await(5, TimeUnit.SECONDS);
                for (int i = 0; i < 200; i++) {
                    write(exchange.getResponseBody(), "data: " + "more".repeat(1000) + "\n\n");
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                serviceNoticed.countDown();
                throw e;
            }
        });

        var response = HTTP.send(
                request("GET", "/api/v1/doctors/9/slots/stream", null).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        var events = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertThat(events.readLine()).isEqualTo("data: first");
        clientSawTheFirst.countDown();
        response.body().close();

        assertThat(serviceNoticed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_answer_that_breaks_off_does_not_look_whole() {
        upstream("notification").answer("/api/v1/notifications", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange.getResponseBody(), "{\"items\":[" + "1,".repeat(20_000));
            upstream("notification").stop();
        });
        var request = request("GET", "/api/v1/notifications", null)
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID()))
                .build();

        try {
            assertThatThrownBy(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        } finally {
            upstream("notification").start();
        }
    }

    @Test
    void a_silent_service_is_answered_for_with_504() {
        upstream("booking").answer("/api/v1/appointments/slow", exchange -> {
            try {
                Thread.sleep(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        var response = call("GET", "/api/v1/appointments/slow", TestIssuer.token(UUID.randomUUID()));

        assertProblem(response, 504, "gateway-timeout");
        assertThat(upstream("booking").received("/api/v1/appointments/slow")).hasSize(1);
    }

    @Test
    void a_service_that_is_away_is_answered_for_with_503_and_when_to_retry() {
        upstream("notification").stop();
        try {
            var response = call("GET", "/api/v1/notifications", TestIssuer.token(UUID.randomUUID()));

            var problem = assertProblem(response, 503, "service-unavailable");
            assertThat(problem.path("retryAfter").asInt()).isPositive();
            assertThat(response.headers().firstValue("Retry-After"))
                    .hasValue(problem.path("retryAfter").asString());
        } finally {
            upstream("notification").start();
        }
        assertThat(call("GET", "/api/v1/notifications", TestIssuer.token(UUID.randomUUID()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_cached_answer_is_the_services_business() {
        upstream("doctor").answer("/api/v1/doctors/cached", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            if ("\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                Upstream.send(exchange, 304, "application/json", "");
            } else {
                Upstream.send(exchange, 200, "application/json", "{}");
            }
        });

        assertThat(call("GET", "/api/v1/doctors/cached", null).statusCode()).isEqualTo(200);
        var again = send(request("GET", "/api/v1/doctors/cached", null).header("If-None-Match", "\"7\""));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("ETag")).hasValue("\"7\"");
    }

    @Test
    void a_body_of_unknown_length_is_passed_on_in_chunks() {
        var body = "{\"reason\":\"" + "x".repeat(100_000) + "\"}";
        var response = send(HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + port() + "/api/v1/appointments/8/cancel"))
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(upstream("booking").last("/api/v1/appointments/8/cancel").body())
                .hasSize(body.length());
    }

    private static void write(java.io.OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
