package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.TestIssuer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest extends GatewayTest {
    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/auth/otp,                    identity",
        "POST,   /api/v1/auth/token,                  identity",
        "POST,   /api/v1/auth/refresh,                identity",
        "POST,   /api/v1/notifications/receipts/msg91, notification",
        "GET,    /.well-known/jwks.json,              identity",
        "GET,    /api/v1/specializations,             doctor",
        "GET,    /api/v1/doctors,                     doctor",
        "GET,    /api/v1/doctors/42,                  doctor",
        "GET,    /api/v1/doctors/42/slots,            doctor",
        "GET,    /api/v1/doctors/42/slots/stream,     doctor",
    })
    void public_routes_need_no_token(String method, String path, String service) {
        var response = call(method, path, null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("service").asString()).isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/auth/logout,                 identity",
        "GET,    /api/v1/users/me,                    identity",
        "PATCH,  /api/v1/users/me,                    identity",
        "DELETE, /api/v1/users/me,                    identity",
        "PUT,    /api/v1/admin/users/42/roles,        identity",
        "GET,    /api/v1/admin/audit,                 identity",
        "POST,   /api/v1/admin/signing-keys/rotate,   identity",
        "POST,   /api/v1/doctors,                     doctor",
        "GET,    /api/v1/doctors/me,                  doctor",
        "PUT,    /api/v1/doctors/me,                  doctor",
        "GET,    /api/v1/doctors/me/slots,            doctor",
        "GET,    /api/v1/doctors/me/schedule,         doctor",
        "PUT,    /api/v1/doctors/me/schedule,         doctor",
        "POST,   /api/v1/admin/doctors/42/verify,     doctor",
        "POST,   /api/v1/slot-locks,                  booking",
        "GET,    /api/v1/slot-locks/42,               booking",
        "DELETE, /api/v1/slot-locks/42,               booking",
        "POST,   /api/v1/appointments,                booking",
        "GET,    /api/v1/appointments,                booking",
        "GET,    /api/v1/appointments/42,             booking",
        "GET,    /api/v1/appointments/42/calendar.ics, booking",
        "POST,   /api/v1/appointments/42/reschedule,  booking",
        "POST,   /api/v1/appointments/42/cancel,      booking",
        "POST,   /api/v1/waitlist,                    booking",
        "DELETE, /api/v1/waitlist/42,                 booking",
        "GET,    /api/v1/notifications,               notification",
        "POST,   /api/v1/admin/notifications/failed/replay, notification",
    })
    void other_routes_are_open_to_a_valid_token_only(String method, String path, String service) {
        var before = upstream(service).received(path).size();
        var refused = call(method, path, null);

        assertProblem(refused, 401, "unauthenticated");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(upstream(service).received(path)).hasSize(before);

        var token = TestIssuer.token(UUID.randomUUID(), "PATIENT");
        var response = call(method, path, token);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("service").asString()).isEqualTo(service);
        // The service checks the token itself: it trusts no gateway.
        assertThat(upstream(service).last(path).header("Authorization")).isEqualTo("Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api",
                "/api/v1",
                "/api/v1/nothing",
                "/api/v2/doctors",
                "/API/v1/doctors",
                "/actuator",
                "/actuator/env",
                "/actuator/metrics",
                "/actuator/prometheus",
                "/actuator/gateway/routes",
                "/dev/messages?to=%2B919812345678",
                "/error",
            })
    void what_no_route_covers_is_not_there_whoever_asks(String target) {
        for (var token : new String[] {null, TestIssuer.token(UUID.randomUUID(), "ADMIN")}) {
            assertProblem(call("GET", target, token), 404, "not-found");
        }
        for (var service : new String[] {"identity", "doctor", "booking", "notification"}) {
            assertThat(upstream(service).received(target.split("\\?", 2)[0])).isEmpty();
        }
    }

    @Test
    void health_is_for_load_balancers_and_says_no_more_than_they_need() {
        var response = call("GET", "/health", null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(call("GET", "/actuator/health/readiness", null).body()).contains("UP");
    }
}
