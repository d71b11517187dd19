package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Outside of the local stack nobody's word is taken for where a request comes from, unless configured. */
@TestPropertySource(
        properties = {
            "amrutam.client.trusted-proxies=",
            // Keeps this test's counts, all of 127.0.0.1, apart from those of the others.
            "amrutam.gateway.limits.auth.requests=3",
        })
class UntrustedPeerTest extends GatewayTest {
    @Test
    void a_spoofed_address_buys_nothing_and_reaches_no_service() {
        var statuses = IntStream.range(0, 5)
                .map(i -> send(request("POST", "/api/v1/auth/token", "{}").header("X-Forwarded-For", anAddress()))
                        .statusCode())
                .toArray();

        assertThat(statuses).containsExactly(200, 200, 200, 429, 429);
        assertThat(upstream("identity").last("/api/v1/auth/token").headers().get("X-Forwarded-For"))
                .containsExactly("127.0.0.1");
    }
}
