package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest extends GatewayTest {
    private static final UUID USER = UUID.randomUUID();

    static Stream<Arguments> tokens() {
        var valid = TestIssuer.token(USER, "PATIENT");
        var parts = valid.split("\\.");
        return Stream.of(
                        Named.of("rubbish", "rubbish"),
                        Named.of(
                                "signature of another token",
                                parts[0] + "." + parts[1] + "."
                                        + TestIssuer.token(USER, "ADMIN").split("\\.")[2]),
                        Named.of(
                                "roles changed",
                                parts[0] + "." + encode(decode(parts[1]).replace("PATIENT", "ADMIN")) + "." + parts[2]),
                        Named.of("no signature", parts[0] + "." + parts[1] + "."),
                        Named.of("alg none", encode("{\"alg\":\"none\"}") + "." + parts[1] + "."),
                        Named.of(
                                "alg HS256",
                                encode("{\"alg\":\"HS256\",\"kid\":\"test\"}") + "." + parts[1] + "." + parts[2]),
                        Named.of(
                                "unknown kid",
                                encode("{\"alg\":\"RS256\",\"kid\":\"other\"}") + "." + parts[1] + "." + parts[2]),
                        Named.of(
                                "expired",
                                TestIssuer.token(USER, Instant.now().minus(Duration.ofMinutes(5)), "PATIENT")),
                        Named.of("without expiry", TestIssuer.sign("""
                                {"sub":"%s","iss":"https://api.amrutam.com","aud":"amrutam-api"}""".formatted(USER))),
                        Named.of("another issuer", claims("https://evil.example", "amrutam-api", 0)),
                        Named.of("another audience", claims("https://api.amrutam.com", "another-api", 0)),
                        Named.of("not valid yet", claims("https://api.amrutam.com", "amrutam-api", 3600)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void a_token_that_is_not_valid_is_refused_on_private_and_public_routes(String token) {
        assertProblem(call("GET", "/api/v1/users/me", token), 401, "unauthenticated");
        assertProblem(call("GET", "/api/v1/doctors", token), 401, "unauthenticated");
    }

    @Test
    void a_valid_token_is_good_for_many_requests() {
        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");

        for (int i = 0; i < 5; i++) {
            assertThat(call("GET", "/api/v1/users/me", token).statusCode()).isEqualTo(200);
        }
    }

    private static String claims(String issuer, String audience, int notBeforeSeconds) {
        var now = Instant.now().getEpochSecond();
        return TestIssuer.sign("""
                {"sub":"%s","roles":["PATIENT"],"iss":"%s","aud":"%s","iat":%d,"nbf":%d,"exp":%d}""".formatted(USER, issuer, audience, now, now + notBeforeSeconds, now + 7200));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
