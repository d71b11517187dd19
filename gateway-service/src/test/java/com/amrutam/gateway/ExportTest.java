package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.TestIssuer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExportTest extends GatewayTest {
    private static final String EXPORT = "/api/v1/users/me/export";
    private static final String PART = "/api/v1/export";
    private static final List<String> SERVICES = List.of("booking", "doctor", "identity", "notification");

    @Test
    void the_parts_of_all_services_are_put_together_each_asked_with_the_callers_token() {
        for (var service : SERVICES) {
            upstream(service)
                    .answer(
                            PART,
                            exchange -> Upstream.send(
                                    exchange,
                                    200,
                                    "application/json",
                                    "{\"rows\":[{\"of\":\"%s\"}]}".formatted(service)));
        }
        var token = TestIssuer.token(UUID.randomUUID());

        var response = call("GET", EXPORT, token);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).propertyNames()).containsExactlyElementsOf(SERVICES);
        for (var service : SERVICES) {
            assertThat(json(response).at("/" + service + "/rows/0/of").asString())
                    .isEqualTo(service);
            assertThat(upstream(service).last(PART).header("Authorization")).isEqualTo("Bearer " + token);
        }
    }

    @Test
    void an_export_without_a_part_is_none() {
        upstream("booking").answer(PART, exchange -> Upstream.send(exchange, 500, "application/json", "{}"));

        assertProblem(call("GET", EXPORT, TestIssuer.token(UUID.randomUUID())), 503, "service-unavailable");
    }

    @Test
    void nobody_exports_anybody() {
        assertProblem(call("GET", EXPORT, null), 401, "unauthenticated");
        assertProblem(call("GET", PART, TestIssuer.token(UUID.randomUUID())), 404, "not-found");
    }
}
