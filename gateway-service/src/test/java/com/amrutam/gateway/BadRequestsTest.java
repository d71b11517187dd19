package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no proper client sends: always a problem document, never a page or a stack trace. */
class BadRequestsTest extends GatewayTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/%zz",
                "/api/v1/doctors/%00",
                "/api/v1/doctors/..%2fusers",
                "/api/v1/doctors/%2e%2e/users/me",
                "/api/v1//doctors",
                "/api/v1/doctors;a=b",
                "/api/v1/doctors/%c0%ae",
                "/api/v1/doctors/%0d%0aX:1",
                "/api/v1/doctors?q=%zz",
                "/api/v1/doctors?q=%c3%28",
                "/api/v1/doctors/<script>",
                "/api/v1/doctors\\..\\users",
            })
    void a_malformed_target_is_a_400_problem(String target) throws IOException {
        assertProblemText(raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 400);
    }

    @ParameterizedTest
    @CsvSource({"'GET /api/v1/doctors HTTP/1.1\r\nConnection: close\r\n\r\n', 400", "'rubbish\r\n\r\n', 400"})
    void a_malformed_request_is_a_problem(String text, int status) throws IOException {
        assertProblemText(raw(text), status);
    }

    @Test
    void headers_too_large_are_a_problem() throws IOException {
        var text = "GET /api/v1/doctors HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Big: " + "x".repeat(100_000)
                + "\r\n\r\n";

        var answer = raw(text);

        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(answer).contains("application/problem+json").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "FOO"})
    void a_strange_method_is_refused_with_a_problem(String method) throws IOException {
        var answer = raw(method + " /api/v1/doctors HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void a_code_request_with_a_huge_body_is_refused_unread() {
        var response = send(request("POST", "/api/v1/auth/otp", "{\"phone\":\"" + "9".repeat(10_000) + "\"}")
                .header("X-Forwarded-For", anAddress()));

        assertProblem(response, 413, "payload-too-large");
        assertThat(response.body()).doesNotContain("999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"phone\":1}", "{\"phone\":null}", "{\"phone\":{\"a\":1}}"})
    void a_code_request_that_is_not_understood_is_for_identity_to_refuse(String body) {
        var response = send(request("POST", "/api/v1/auth/otp", body).header("X-Forwarded-For", anAddress()));

        assertThat(json(response).path("service").asString()).isEqualTo("identity");
    }

    private static void assertProblemText(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("application/problem+json").contains("\"traceId\"");
        assertThat(answer).doesNotContain("<html").doesNotContain("java.");
    }
}
