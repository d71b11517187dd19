package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.TestIssuer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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

    /** Up to 2 MiB are read to their end, so that the client hears the answer; of more, only what it announces is. */
    @Test
    void a_body_over_the_limit_is_refused_however_it_comes() throws IOException {
        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");
        var large = "{\"reason\":\"" + "x".repeat(1_200_000) + "\"}";

        var whole = send(
                request("POST", "/api/v1/appointments/1/cancel", large).header("Authorization", "Bearer " + token));
        assertProblem(whole, 413, "payload-too-large");

        var inChunks =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/appointments/2/cancel"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
        assertProblem(inChunks, 413, "payload-too-large");

        var announced = raw("POST /api/v1/appointments/3/cancel HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n");
        assertThat(announced).startsWith("HTTP/1.1 413").contains("payload-too-large");
        // What comes in chunks is passed on as it comes, so its beginning may be there: its end never is.
        for (int appointment = 1; appointment <= 3; appointment++) {
            assertThat(upstream("booking").received("/api/v1/appointments/" + appointment + "/cancel"))
                    .noneMatch(request -> new String(request.body(), StandardCharsets.UTF_8).endsWith("\"}"));
        }
    }

    @Test
    void a_body_that_never_ends_is_given_up_on() throws IOException {
        var answer = raw("POST /api/v1/auth/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed-request");
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
