package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.demo.Api.Answer;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each route of the journey answers nonsense with a problem document that says what was wrong. */
@ExtendWith(RunningSystem.class)
class BadInputTest {
    private static final String NOBODYS_ID = "0198f2a0-0000-7000-8000-000000000000";

    /** Below the ten booking calls a minute that one user has. */
    private static final int CALLS_OF_ONE = 8;

    private Person patient = RunningSystem.somebody();
    private int calls;

    /** A route that reads a body, with one it would read. */
    private record Route(String path, String body, boolean isPublic) {}

    private static final List<Route> ROUTES = List.of(
            new Route("/api/v1/auth/otp", "{\"phone\":\"+919812345678\"}", true),
            new Route("/api/v1/auth/token", "{\"challengeId\":\"" + NOBODYS_ID + "\",\"code\":\"123456\"}", true),
            new Route("/api/v1/auth/refresh", "{\"refreshToken\":\"x\"}", true),
            new Route("/api/v1/slot-locks", "{\"slotId\":\"" + NOBODYS_ID + "\",\"mode\":\"ONLINE\"}", false),
            new Route("/api/v1/appointments", "{\"slotLockId\":\"" + NOBODYS_ID + "\",\"code\":\"123456\"}", false),
            new Route("/api/v1/appointments/" + NOBODYS_ID + "/cancel", "{\"reason\":\"none\"}", false));

    /** Paths that need a token, with the method that reads them. */
    private static final Map<String, String> CLOSED = Map.of(
            "/api/v1/slot-locks/" + NOBODYS_ID,
            "GET",
            "/api/v1/appointments",
            "GET",
            "/api/v1/appointments/" + NOBODYS_ID,
            "GET",
            "/api/v1/appointments/" + NOBODYS_ID + "/cancel",
            "POST",
            "/api/v1/slot-locks",
            "POST",
            "/api/v1/users/me",
            "GET");

    @BeforeEach
    void logIn() throws InterruptedException {
        patient = Visit.patient();
        calls = 0;
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_json_or_has_unknown_members_is_refused() {
        return each(
                ROUTES,
                List.of("{", "null", "[]", "7", "nonsense", "\u0000", "{\"unknown\":1}"),
                (route, body) -> assertProblem(post(route, body), 400, "malformed-request"));
    }

    @TestFactory
    Stream<DynamicTest> an_unknown_member_beside_good_ones_is_refused() {
        return each(
                ROUTES,
                List.of("admin", "__proto__"),
                (route, member) -> assertProblem(
                        post(route, "{\"" + member + "\":{}," + route.body().substring(1)), 400, "malformed-request"));
    }

    @TestFactory
    Stream<DynamicTest> wrong_types_are_refused() {
        return each(
                ROUTES,
                List.of("7", "{}", "[\"x\"]", "true"),
                (route, value) -> assertProblem(
                        post(route, route.body().replaceFirst(":\"[^\"]*\"", ":" + value)), 400, "malformed-request"));
    }

    @TestFactory
    Stream<DynamicTest> missing_members_are_named() {
        return each(ROUTES, List.of("{}"), (route, body) -> {
            var answer = post(route, body);
            assertProblem(answer, 422, "validation-failed");
            assertThat(answer.body().path("errors")).as(answer.toString()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> no_token_no_entry() {
        return each(
                List.copyOf(CLOSED.keySet()),
                List.of("", "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer " + "x".repeat(5_000)),
                (path, authorization) -> {
                    var headers =
                            authorization.isEmpty() ? Map.<String, String>of() : Map.of("Authorization", authorization);
                    var answer =
                            RunningSystem.somebody().api().send(CLOSED.getOrDefault(path, "GET"), path, null, headers);
                    assertProblem(answer, 401, "unauthenticated");
                    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
                });
    }

    @TestFactory
    Stream<DynamicTest> a_tampered_token_is_no_token() throws InterruptedException {
        var person = RunningSystem.somebody();
        var token = person.logIn().text("accessToken");
        var parts = token.split("\\.");
        return each(
                List.copyOf(CLOSED.keySet()),
                List.of(
                        parts[0] + '.' + parts[1] + '.' + flip(parts[2]),
                        parts[0] + '.' + flip(parts[1]) + '.' + parts[2],
                        flip(parts[0]) + '.' + parts[1] + '.' + parts[2],
                        parts[0] + '.' + parts[1] + '.'),
                (path, tampered) -> assertProblem(
                        RunningSystem.somebody()
                                .api()
                                .send(
                                        CLOSED.getOrDefault(path, "GET"),
                                        path,
                                        null,
                                        Map.of("Authorization", "Bearer " + tampered)),
                        401,
                        "unauthenticated"));
    }

    @TestFactory
    Stream<DynamicTest> unknown_paths_are_not_found() {
        return Stream.of(
                        "/",
                        "/nothing",
                        "/api/v1",
                        "/api/v1/nothing",
                        "/api/v2/doctors",
                        "/api/v1/auth/nothing",
                        "/api/v1/doctors/" + NOBODYS_ID,
                        "/api/v1/doctors/" + NOBODYS_ID + "/slots?from=2026-11-25T00:00:00Z&to=2026-11-26T00:00:00Z",
                        "/api/v1/slot-locks/" + NOBODYS_ID,
                        "/api/v1/appointments/" + NOBODYS_ID,
                        "/api/v1/appointments/" + NOBODYS_ID + "/nothing",
                        "/actuator/env",
                        "/actuator/prometheus",
                        "/error")
                .map(path -> DynamicTest.dynamicTest(
                        path, () -> assertProblem(somebodyLoggedIn().api().get(path), 404, "not-found")));
    }

    @TestFactory
    Stream<DynamicTest> unreadable_ids_and_queries_are_refused() {
        var slots = "/api/v1/doctors/" + NOBODYS_ID + "/slots";
        return Stream.of(
                        "/api/v1/doctors/not-an-id",
                        "/api/v1/slot-locks/not-an-id",
                        "/api/v1/appointments/not-an-id",
                        "/api/v1/doctors?mode=BY_POST",
                        "/api/v1/doctors?sort=cheapest",
                        "/api/v1/doctors?minFee=free",
                        "/api/v1/doctors?limit=0",
                        "/api/v1/doctors?limit=many",
                        "/api/v1/doctors?cursor=nonsense",
                        "/api/v1/doctors?from=yesterday",
                        slots + "?from=yesterday&to=tomorrow",
                        slots + "?from=2026-11-25T00:00:00Z&to=2026-11-24T00:00:00Z",
                        slots + "?from=2026-11-25T00:00:00Z&to=2027-11-24T00:00:00Z",
                        "/api/v1/appointments?limit=101",
                        "/api/v1/appointments?cursor=nonsense",
                        "/api/v1/appointments?status=MAYBE")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    var answer = somebodyLoggedIn().api().get(path);
                    assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
                    assertIsProblem(answer);
                }));
    }

    @TestFactory
    Stream<DynamicTest> other_methods_are_refused() {
        return ROUTES.stream()
                .map(route -> DynamicTest.dynamicTest(
                        route.path(),
                        () -> assertProblem(
                                somebodyLoggedIn().api().send("PATCH", route.path(), "{}", Map.of()),
                                405,
                                "method-not-allowed")));
    }

    @TestFactory
    Stream<DynamicTest> other_types_than_json_are_refused() {
        return each(ROUTES, List.of("text/plain", "application/xml", "nonsense"), (route, type) -> {
            var answer = caller(route).api().send("POST", route.path(), route.body(), Map.of("Content-Type", type));
            assertProblem(answer, 415, "unsupported-media-type");
        });
    }

    @Test
    void anothers_resources_do_not_exist() throws InterruptedException {
        var owner = Visit.patient();
        var appointment = Visit.book(owner, Visit.slot(owner));
        var lock = Visit.hold(owner, Visit.slot(owner)).expect(201);
        var stranger = patient.api();

        assertProblem(stranger.get("/api/v1/slot-locks/" + lock.text("id")), 404, "not-found");
        assertProblem(stranger.delete("/api/v1/slot-locks/" + lock.text("id")), 404, "not-found");
        assertProblem(
                stranger.post("/api/v1/appointments", Map.of("slotLockId", lock.text("id"), "code", "123456")),
                404,
                "not-found");
        assertProblem(stranger.get("/api/v1/appointments/" + appointment.text("id")), 404, "not-found");
        assertProblem(
                stranger.post("/api/v1/appointments/" + appointment.text("id") + "/cancel", Map.of("reason", "none")),
                404,
                "not-found");
        assertThat(owner.api().get("/api/v1/slot-locks/" + lock.text("id")).text("status"))
                .isEqualTo("ACTIVE");
        assertThat(owner.api()
                        .get("/api/v1/appointments/" + appointment.text("id"))
                        .text("status"))
                .isEqualTo("BOOKED");
    }

    private interface Check<A, B> {
        void check(A first, B second) throws InterruptedException;
    }

    private static <A, B> Stream<DynamicTest> each(List<A> firsts, List<B> seconds, Check<A, B> check) {
        return firsts.stream()
                .flatMap(first -> seconds.stream()
                        .map(second ->
                                DynamicTest.dynamicTest(first + " " + second, () -> check.check(first, second))));
    }

    private Answer post(Route route, String body) throws InterruptedException {
        return caller(route).api().send("POST", route.path(), body, Map.of());
    }

    /** A stranger each time where no token is needed: five codes in a quarter of an hour are all that one may ask for. */
    private Person caller(Route route) throws InterruptedException {
        return route.isPublic() ? RunningSystem.somebody() : somebodyLoggedIn();
    }

    private Person somebodyLoggedIn() throws InterruptedException {
        if (++calls > CALLS_OF_ONE) {
            logIn();
        }
        return patient;
    }

    private static String flip(String text) {
        // Not the last one: some of its bits may mean nothing.
        var middle = text.length() / 2;
        return text.substring(0, middle) + (text.charAt(middle) == 'A' ? 'B' : 'A') + text.substring(middle + 1);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertIsProblem(answer);
    }

    private static void assertIsProblem(Answer answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.toString())
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.text("type")).isEqualTo("https://api.amrutam.com/problems/" + answer.text("code"));
        assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.text("title")).isNotBlank();
        assertThat(answer.text("instance")).isNotBlank();
        assertThat(answer.text("traceId")).matches("[0-9a-f]{32}");
        assertThat(answer.body().toString()).doesNotContain("com.amrutam", "org.springframework", "java.");
    }
}
