package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest extends GatewayTest {
    @Test
    void the_sixth_code_request_of_an_address_is_refused_whatever_the_phone() {
        var address = anAddress();
        for (int i = 1; i <= 5; i++) {
            var response = requestCode(address, aPhone());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("RateLimit-Policy")).hasValue("\"auth\";q=5;w=900");
            assertThat(response.headers().firstValue("RateLimit"))
                    .hasValueSatisfying(value -> assertThat(value).matches("\"auth\";r=\\d;t=\\d{3}"));
            assertThat(remaining(response)).isEqualTo(5 - i);
        }

        var refused = requestCode(address, aPhone());

        var problem = assertProblem(refused, 429, "too-many-requests");
        assertThat(problem.path("retryAfter").asInt()).isBetween(880, 900);
        assertThat(refused.headers().firstValue("Retry-After"))
                .hasValue(problem.path("retryAfter").asString());
        assertThat(remaining(refused)).isZero();
        assertThat(requestCode(anAddress(), aPhone()).statusCode()).isEqualTo(200);
    }

    @Test
    void the_sixth_code_request_for_a_phone_is_refused_whatever_the_address_and_the_spelling() {
        var phone = aPhone();
        var spaced = phone.substring(0, 3) + " " + phone.substring(3, 8) + "-" + phone.substring(8);
        for (int i = 1; i <= 5; i++) {
            assertThat(requestCode(anAddress(), i % 2 == 0 ? phone : spaced).statusCode())
                    .isEqualTo(200);
        }

        assertProblem(requestCode(anAddress(), phone), 429, "too-many-requests");
    }

    @Test
    void what_providers_report_of_many_peoples_messages_has_a_limit_of_its_own() {
        var response = call("POST", "/api/v1/notifications/receipts/msg91", null);

        assertThat(response.headers().firstValue("RateLimit-Policy")).hasValue("\"receipts\";q=60000;w=60");
    }

    @Test
    void using_codes_is_counted_apart_from_asking_for_them() {
        var address = anAddress();
        for (int i = 1; i <= 5; i++) {
            assertThat(requestCode(address, aPhone()).statusCode()).isEqualTo(200);
            assertThat(useCode(address).statusCode()).isEqualTo(200);
        }

        assertProblem(requestCode(address, aPhone()), 429, "too-many-requests");
        assertProblem(useCode(address), 429, "too-many-requests");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/slot-locks",
        "DELETE, /api/v1/slot-locks/42",
        "POST,   /api/v1/appointments",
        "POST,   /api/v1/appointments/42/cancel",
        "POST,   /api/v1/appointments/42/reschedule",
    })
    void the_eleventh_change_to_a_booking_in_a_minute_is_refused(String method, String path) {
        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");
        for (int i = 1; i <= 10; i++) {
            var response = call(method, path, token);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("RateLimit-Policy")).hasValue("\"booking\";q=10;w=60");
        }

        assertProblem(call(method, path, token), 429, "too-many-requests");
        // Reading goes on, and so does everybody else.
        assertThat(call("GET", path, token).statusCode()).isEqualTo(200);
        assertThat(call(method, path, TestIssuer.token(UUID.randomUUID(), "PATIENT"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_user_has_a_hundred_requests_a_minute_even_at_once_and_from_many_addresses() throws Exception {
        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 130)
                    .mapToObj(i -> clients.submit(() -> call("GET", "/api/v1/users/me", token)))
                    .toList();

            int passed = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                passed += answer.get().statusCode() == 200 ? 1 : 0;
            }
            assertThat(passed).isEqualTo(100);
        }
    }

    @Test
    void a_client_without_a_valid_token_is_counted_by_its_address() {
        var address = anAddress();
        for (int i = 1; i <= 100; i++) {
            // Refusals count too.
            var request = request("GET", i % 2 == 0 ? "/api/v1/doctors" : "/api/v1/users/me", null)
                    .header("X-Forwarded-For", address);
            var response = send(i % 3 == 0 ? request.header("Authorization", "Bearer rubbish") : request);
            assertThat(response.statusCode()).isIn(200, 401);
            assertThat(remaining(response)).isEqualTo(100 - i);
        }

        var refused = send(request("GET", "/api/v1/doctors", null).header("X-Forwarded-For", address));
        assertProblem(refused, 429, "too-many-requests");
        assertThat(send(request("GET", "/api/v1/doctors", null).header("X-Forwarded-For", anAddress()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_client() {
        for (int i = 1; i <= 5; i++) {
            assertThat(requestCode("2001:db8:1:2::" + i, aPhone()).statusCode()).isEqualTo(200);
        }

        assertProblem(requestCode("2001:db8:1:2:ffff::1", aPhone()), 429, "too-many-requests");
        assertThat(requestCode("2001:db8:1:3::1", aPhone()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/.well-known/jwks.json", "/openapi.json", "/docs"})
    void what_load_balancers_and_readers_ask_for_is_not_counted(String path) {
        assertThat(call("GET", path, null).headers().firstValue("RateLimit")).isEmpty();
    }

    @Test
    void with_redis_away_requests_flow_and_limits_hold_and_then_are_shared_again() {
        var before = anAddress();
        var during = anAddress();
        assertThat(requestCode(before, aPhone()).statusCode()).isEqualTo(200);
        LocalStack.stop("redis");
        try {
            for (int i = 1; i <= 5; i++) {
                assertThat(requestCode(during, aPhone()).statusCode()).isEqualTo(200);
            }
            assertProblem(requestCode(during, aPhone()), 429, "too-many-requests");
        } finally {
            LocalStack.start("redis");
        }

        await().untilAsserted(() -> {
            // Redis came back empty, so its count starts anew, which tells it from the instance's own.
            assertThat(remaining(requestCode(during, aPhone()))).isEqualTo(4);
        });
    }

    private HttpResponse<String> requestCode(String address, String phone) {
        return send(request("POST", "/api/v1/auth/otp", "{\"phone\":\"" + phone + "\"}")
                .header("X-Forwarded-For", address));
    }

    private HttpResponse<String> useCode(String address) {
        return send(request("POST", "/api/v1/auth/token", "{\"challengeId\":\"x\",\"code\":\"123456\"}")
                .header("X-Forwarded-For", address));
    }

    private static String aPhone() {
        return "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private static int remaining(HttpResponse<String> response) {
        var value = response.headers().firstValue("RateLimit").orElseThrow();
        return Integer.parseInt(value.replaceAll(".*r=(\\d+).*", "$1"));
    }
}
