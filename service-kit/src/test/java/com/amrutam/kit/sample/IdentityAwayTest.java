package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import com.amrutam.localstack.server.Ports;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service whose identity-service goes away. Keys are asked for anew at each new token here. */
@ExtendWith(LocalStack.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "amrutam.security.keys-fresh-for=1ms")
class IdentityAwayTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(1)[0]);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void identity(DynamicPropertyRegistry registry) {
        registry.add(
                "amrutam.security.jwk-set-uri",
                () -> "http://127.0.0.1:" + ADDRESS.getPort() + "/.well-known/jwks.json");
    }

    @Test
    void a_token_is_uncheckable_before_the_keys_were_ever_had_and_good_after_even_while_identity_is_away()
            throws Exception {
        var uncheckable = me();
        assertThat(uncheckable.statusCode()).isEqualTo(503);
        assertThat(uncheckable.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(uncheckable.body()).contains("\"code\":\"service-unavailable\"");

        var isAsked = new CountDownLatch(1);
        var identity = publishKeys(isAsked);
        assertThat(isAsked.await(30, TimeUnit.SECONDS))
                .as("The keys are asked for before somebody needs them")
                .isTrue();
        identity.stop(1);
        assertThat(me().statusCode()).isEqualTo(200);
    }

    /** Asks with a token that the service has not seen yet. */
    private HttpResponse<String> me() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/me"))
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), "PATIENT"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpServer publishKeys(CountDownLatch isAsked) throws IOException, InterruptedException {
        var keys = HTTP.send(
                        HttpRequest.newBuilder(TestIssuer.jwkSetUri()).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        var server = HttpServer.create(ADDRESS, 0);
        server.createContext("/.well-known/jwks.json", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
            isAsked.countDown();
        });
        server.start();
        return server;
    }
}
