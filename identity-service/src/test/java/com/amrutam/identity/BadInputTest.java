package com.amrutam.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Person.Session;
import com.amrutam.identity.key.SigningKeys;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each route answers nonsense with the problem that says what was wrong, and never with a 5xx. */
@IdentityTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String ID = "0198f2a0-0000-7000-8000-000000000000";
    private static final String CHALLENGE = "\"challengeId\": \"" + ID + "\"";

    private final Api api;
    private final SigningKeys keys;
    private final Session patient;
    private final Session admin;

    BadInputTest(@LocalServerPort int port, @Autowired SigningKeys keys) {
        this.api = new Api(port);
        this.keys = keys;
        this.patient = Person.stranger(api).logIn();
        this.admin = Person.seededAdmin(api);
    }

    /** A route that reads a body, with a body it would read. */
    private record Route(String method, String path, String body, boolean needsToken, boolean needsAdmin) {}

    private static final List<Route> ROUTES = List.of(
            new Route("POST", "/api/v1/auth/otp", "{\"phone\": \"+919812345678\"}", false, false),
            new Route("POST", "/api/v1/auth/token", "{" + CHALLENGE + ", \"code\": \"123456\"}", false, false),
            new Route("POST", "/api/v1/auth/refresh", "{\"refreshToken\": \"x\"}", false, false),
            new Route("POST", "/api/v1/auth/logout", "{\"refreshToken\": \"x\"}", true, false),
            new Route("PATCH", "/api/v1/users/me", "{\"name\": \"Asha\"}", true, false),
            new Route("PUT", "/api/v1/admin/users/" + ID + "/roles", "{\"roles\": [\"PATIENT\"]}", true, true));

    @TestFactory
    Stream<DynamicTest> what_is_no_json_document_or_has_unknown_members_is_refused() {
        return ROUTES.stream()
                .flatMap(route -> Stream.of(
                                "",
                                "{",
                                "null",
                                "[]",
                                "\"text\"",
                                "7",
                                "{\"a\"}",
                                route.body() + "}",
                                "{\"unknown\": 1}",
                                "{\"__proto__\": {}, " + route.body().substring(1),
                                "\u0000")
                        .map(body -> DynamicTest.dynamicTest(route.path() + " " + body, () -> {
                            var answer = send(route, body);
                            assertThat(answer.outcome()).as(answer.toString()).isEqualTo("400 malformed-request");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> other_types_than_json_are_refused() {
        return ROUTES.stream()
                .map(route -> DynamicTest.dynamicTest(route.path(), () -> {
                    var answer =
                            api.send(route.method(), route.path(), token(route), null, "Content-Type", "text/plain");
                    assertThat(answer.status()).as(answer.toString()).isIn(400, 415);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                }));
    }

    @TestFactory
    Stream<DynamicTest> other_methods_are_refused() {
        return ROUTES.stream()
                .map(route -> DynamicTest.dynamicTest(
                        route.path(),
                        () -> assertThat(api.send(
                                                route.method().equals("PATCH") ? "PUT" : "DELETE",
                                                route.path(),
                                                token(route),
                                                null)
                                        .outcome())
                                .isEqualTo("405 method-not-allowed")));
    }

    @TestFactory
    Stream<DynamicTest> a_route_that_needs_a_token_is_closed_without_a_good_one() {
        return ROUTES.stream()
                .filter(Route::needsToken)
                .flatMap(route -> badTokens()
                        .map(bad -> DynamicTest.dynamicTest(route.path() + " " + bad.what(), () -> {
                            var answer = api.send(route.method(), route.path(), bad.token(), route.body());
                            assertThat(answer.outcome()).as(answer.toString()).isEqualTo("401 unauthenticated");
                            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                        })));
    }

    @Test
    void the_good_token_those_are_made_from_is_good() {
        assertThat(api.get("/api/v1/users/me", keys.sign(claims().build())).status())
                .isEqualTo(200);
    }

    @Test
    void a_token_of_somebody_who_is_no_more_finds_nobody() {
        var gone = keys.sign(claims().subject(UUID.randomUUID().toString()).build());

        assertThat(api.get("/api/v1/users/me", gone).outcome()).isEqualTo("404 not-found");
        assertThat(api.send("PATCH", "/api/v1/users/me", gone, "{\"name\": \"Asha\"}")
                        .outcome())
                .isEqualTo("404 not-found");
    }

    @TestFactory
    Stream<DynamicTest> wrong_types_are_malformed_and_wrong_values_are_named() {
        return Stream.of(
                        refused("POST", "/api/v1/auth/otp", "{}", "422 validation-failed", "phone"),
                        refused("POST", "/api/v1/auth/otp", "{\"phone\": null}", "422 validation-failed", "phone"),
                        refused("POST", "/api/v1/auth/otp", "{\"phone\": \"12\"}", "422 validation-failed", "phone"),
                        refused(
                                "POST",
                                "/api/v1/auth/otp",
                                "{\"phone\": 919812345678}",
                                "400 malformed-request",
                                "phone"),
                        refused("POST", "/api/v1/auth/otp", "{\"phone\": true}", "400 malformed-request", "phone"),
                        refused(
                                "POST",
                                "/api/v1/auth/otp",
                                "{\"phone\": [\"+919812345678\"]}",
                                "400 malformed-request",
                                "phone"),
                        refused("POST", "/api/v1/auth/otp", "{\"phone\": {}}", "400 malformed-request", "phone"),
                        refused(
                                "POST",
                                "/api/v1/auth/token",
                                "{\"code\": \"123456\"}",
                                "422 validation-failed",
                                "challengeId"),
                        refused(
                                "POST",
                                "/api/v1/auth/token",
                                "{\"challengeId\": \"x\", \"code\": \"123456\"}",
                                "400 malformed-request",
                                "challengeId"),
                        refused("POST", "/api/v1/auth/token", "{" + CHALLENGE + "}", "422 validation-failed", "code"),
                        refused(
                                "POST",
                                "/api/v1/auth/token",
                                "{" + CHALLENGE + ", \"code\": \"12345a\"}",
                                "422 validation-failed",
                                "code"),
                        refused(
                                "POST",
                                "/api/v1/auth/token",
                                "{" + CHALLENGE + ", \"code\": \"१२३४५६\"}",
                                "422 validation-failed",
                                "code"),
                        refused(
                                "POST",
                                "/api/v1/auth/token",
                                "{" + CHALLENGE + ", \"code\": 123456}",
                                "400 malformed-request",
                                "code"),
                        refused("POST", "/api/v1/auth/refresh", "{}", "422 validation-failed", "refreshToken"),
                        refused(
                                "POST",
                                "/api/v1/auth/refresh",
                                "{\"refreshToken\": \"\"}",
                                "422 validation-failed",
                                "refreshToken"),
                        refused(
                                "POST",
                                "/api/v1/auth/refresh",
                                "{\"refreshToken\": \"" + "x".repeat(201) + "\"}",
                                "422 validation-failed",
                                "refreshToken"),
                        refused(
                                "POST",
                                "/api/v1/auth/refresh",
                                "{\"refreshToken\": 7}",
                                "400 malformed-request",
                                "refreshToken"),
                        refused("POST", "/api/v1/auth/logout", "{}", "422 validation-failed", "refreshToken"),
                        refused(
                                "POST",
                                "/api/v1/auth/logout",
                                "{\"refreshToken\": false}",
                                "400 malformed-request",
                                "refreshToken"),
                        refused("PATCH", "/api/v1/users/me", "{\"name\": 7}", "400 malformed-request", "name"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"phone\": \"+919812345678\"}",
                                "400 malformed-request",
                                "phone"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"roles\": [\"ADMIN\"]}",
                                "400 malformed-request",
                                "roles"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"emailVerified\": true}",
                                "400 malformed-request",
                                "emailVerified"),
                        refused("PATCH", "/api/v1/users/me", "{\"version\": 9}", "400 malformed-request", "version"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"notificationPreferences\": {\"fax\": true}}",
                                "400 malformed-request",
                                "notificationPreferences.fax"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"notificationPreferences\": {\"sms\": \"no\"}}",
                                "400 malformed-request",
                                "notificationPreferences.sms"),
                        refused(
                                "PATCH",
                                "/api/v1/users/me",
                                "{\"notificationPreferences\": []}",
                                "400 malformed-request",
                                "notificationPreferences"),
                        refused(
                                "PUT",
                                "/api/v1/admin/users/" + ID + "/roles",
                                "{\"roles\": \"ADMIN\"}",
                                "400 malformed-request",
                                "roles"),
                        refused(
                                "PUT",
                                "/api/v1/admin/users/" + ID + "/roles",
                                "{\"roles\": [7]}",
                                "400 malformed-request",
                                "roles[0]"),
                        refused(
                                "PUT",
                                "/api/v1/admin/users/" + ID + "/roles",
                                "{\"roles\": [[]]}",
                                "400 malformed-request",
                                "roles[0]"),
                        refused(
                                "PUT",
                                "/api/v1/admin/users/me/roles",
                                "{\"roles\": [\"ADMIN\"]}",
                                "400 malformed-request",
                                "id"),
                        refused("GET", "/api/v1/admin/audit?limit=0", null, "400 malformed-request", "limit"),
                        refused("GET", "/api/v1/admin/audit?limit=101", null, "400 malformed-request", "limit"),
                        refused("GET", "/api/v1/admin/audit?limit=ten", null, "400 malformed-request", "limit"))
                .map(bad -> DynamicTest.dynamicTest(bad.method() + " " + bad.path() + " " + bad.body(), () -> {
                    var answer = api.send(bad.method(), bad.path(), admin.accessToken(), bad.body());
                    assertThat(answer.outcome()).as(answer.toString()).isEqualTo(bad.outcome());
                    assertThat(answer.body()
                                    .required("errors")
                                    .get(0)
                                    .required("field")
                                    .asString())
                            .isEqualTo(bad.field());
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1",
                "/api/v1/users",
                "/api/v1/users/me/",
                "/api/v1/auth/otp/x",
                "/.well-known",
                "/.well-known/jwks.json/x",
                "/api/v1/admin",
                "/API/v1/users/me"
            })
    void unknown_paths_are_not_found(String path) {
        assertThat(api.get(path, admin.accessToken()).outcome()).isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/users/me",
                "/api/v1/admin;x=1/audit",
                "/api/v1/%2e%2e/v1/users/me",
                "/api/v1%2fusers/me"
            })
    void tricks_with_the_path_end_in_a_problem_document(String path) {
        var answer = api.get(path, patient.accessToken());

        assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private Stream<BadToken> badTokens() {
        var token = admin.accessToken();
        int middle = token.indexOf('.') + 10;
        var changed = token.charAt(middle) == 'A' ? 'B' : 'A';
        var now = Instant.now();
        return Stream.of(
                new BadToken("none", null),
                new BadToken("no token at all", "nonsense"),
                new BadToken("a refresh token", admin.refreshToken()),
                new BadToken("tampered", token.substring(0, middle) + changed + token.substring(middle + 1)),
                new BadToken("cut short", token.substring(0, token.length() - 10)),
                new BadToken("unsigned", "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + "."),
                new BadToken(
                        "expired",
                        keys.sign(claims().expirationTime(Date.from(now.minusSeconds(120)))
                                .build())),
                new BadToken("for ever", keys.sign(claims().expirationTime(null).build())),
                new BadToken(
                        "from tomorrow",
                        keys.sign(claims().notBeforeTime(Date.from(now.plusSeconds(86_400)))
                                .build())),
                new BadToken(
                        "of another issuer",
                        keys.sign(claims().issuer("https://example.com").build())),
                new BadToken(
                        "for another audience",
                        keys.sign(claims().audience("others").build())),
                new BadToken("of nobody", keys.sign(claims().subject("admin").build())));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject(admin.userId().toString())
                .claim("roles", List.of("ADMIN"))
                .issuer("https://api.amrutam.com")
                .audience("amrutam-api")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(900)));
    }

    private Api.Answer send(Route route, String body) {
        return api.send(route.method(), route.path(), token(route), body);
    }

    private @Nullable String token(Route route) {
        if (route.needsAdmin()) {
            return admin.accessToken();
        }
        return route.needsToken() ? patient.accessToken() : null;
    }

    private static Refused refused(String method, String path, @Nullable String body, String outcome, String field) {
        return new Refused(method, path, body, outcome, field);
    }

    private record Refused(
            String method, String path, @Nullable String body, String outcome, String field) {}

    private record BadToken(String what, @Nullable String token) {}
}
