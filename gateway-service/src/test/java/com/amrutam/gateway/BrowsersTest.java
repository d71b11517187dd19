package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's client sends no Origin; so these are written by hand. */
class BrowsersTest extends GatewayTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://app.amrutam.com", "https://clinic.amrutam.in"})
    void a_page_of_ours_may_call_and_read_what_it_needs(String origin) throws Exception {
        var preflight = raw("OPTIONS /api/v1/slot-locks HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,idempotency-key\r\n\r\n");

        assertThat(preflight)
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: " + origin)
                .contains("Access-Control-Max-Age: 3600")
                .doesNotContain("RateLimit-Policy:")
                .doesNotContain("Access-Control-Allow-Credentials");
        var call = raw("GET /api/v1/specializations HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: " + origin
                + "\r\n\r\n");
        assertThat(call).startsWith("HTTP/1.1 200").contains("Access-Control-Expose-Headers: ETag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://app.amrutam.com", "https://app.amrutam.com.evil.example", "null"
            })
    void a_page_of_others_may_not(String origin) throws Exception {
        var preflight = raw("OPTIONS /api/v1/slot-locks HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: POST\r\n\r\n");

        assertThat(preflight).startsWith("HTTP/1.1 403").doesNotContain("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/specializations", "/api/v1/nothing", "/health", "/openapi.json", "/docs"})
    void every_answer_says_what_it_may_be_used_for(String path) {
        var answer = call("GET", path, null);

        assertHeader(answer, "X-Content-Type-Options", "nosniff");
        assertHeader(answer, "X-Frame-Options", "DENY");
        assertHeader(answer, "Referrer-Policy", "no-referrer");
        assertHeader(answer, "Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void the_page_and_its_files_are_there() {
        var page = call("GET", "/docs", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertHeader(page, "Content-Type", "text/html");
        assertThat(page.body()).contains("swagger-ui-bundle.js");
        for (var file : new String[] {"swagger-ui-bundle.js", "swagger-ui.css", "docs.js", "docs.css"}) {
            assertThat(call("GET", "/docs/" + file, null).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(call("GET", "/docs/nothing.js", null).statusCode()).isEqualTo(404);
    }

    private static void assertHeader(HttpResponse<String> answer, String name, String value) {
        assertThat(answer.headers().allValues(name)).as(name).containsExactly(value);
    }
}
