package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The document lists all there is, and says truly what needs a token; what it does not list is not there. */
@ExtendWith(RunningSystem.class)
class Api9ImproperInventoryManagementTest {
    private static final String NOBODYS_ID = "01938c2e-0d2f-7b6a-8c41-5e0f9a7d3b21";

    @Test
    void each_operation_is_as_open_as_the_document_says() throws InterruptedException {
        var document =
                RunningSystem.somebody().api().get("/openapi.json").expect(200).body();
        var wrong = new ArrayList<String>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                boolean isPublic = operation.getValue().path("security").isArray();
                if (path.getKey().endsWith("/stream")) {
                    continue;
                }
                var target = path.getKey().replaceAll("\\{[^}]*}", NOBODYS_ID);
                var method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                var body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
                int status = RunningSystem.somebody()
                        .api()
                        .send(method, target, body, Map.of())
                        .status();
                // A public refresh is told that its body is wrong, before anything else.
                if (isPublic == (status == 401)) {
                    wrong.add(method + " " + target + " is " + (isPublic ? "public" : "private") + " and answers "
                            + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(document.path("paths").size()).isGreaterThan(25);
    }

    @Test
    void there_are_no_other_versions() throws InterruptedException {
        for (var path : List.of(
                "/api/v0/doctors",
                "/api/v2/doctors",
                "/api/doctors",
                "/v1/doctors",
                "/api/v1/beta/doctors",
                "/api/v1")) {
            assertThat(RunningSystem.somebody().api().get(path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }
}
