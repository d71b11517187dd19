package com.amrutam.system.load;

import com.amrutam.localstack.demo.Api;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Somebody who is logged in, and stays so: their app renews its token before that runs out, a quarter of an hour. */
final class Patient {
    private static final Duration RENEWAL = Duration.ofMinutes(6);
    private static final int SPREAD_SECONDS = 240;

    private final UUID id;
    private final String phone;
    private final String address;
    private final Api api;
    private volatile String token;
    private String refreshToken;
    private Instant renewAt;

    /**
     * @param address where they call from
     * @param api for their login's sake
     */
    Patient(String phone, String address, Api api, JsonNode login) {
        this.id = UUID.fromString(login.path("user").path("id").asText());
        this.phone = phone;
        this.address = address;
        this.api = api;
        this.token = login.path("accessToken").asText();
        this.refreshToken = login.path("refreshToken").asText();
        this.renewAt = next();
    }

    /** Not all at once, though they came at once. */
    private static Instant next() {
        return Instant.now()
                .plus(RENEWAL)
                .plusSeconds(ThreadLocalRandom.current().nextInt(SPREAD_SECONDS));
    }

    UUID id() {
        return id;
    }

    String phone() {
        return phone;
    }

    String address() {
        return address;
    }

    String token() {
        return token;
    }

    /** For one thread at a time. */
    void renewWhenDue() throws InterruptedException {
        if (Instant.now().isAfter(renewAt)) {
            var tokens = api.post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken))
                    .expect(200);
            token = tokens.text("accessToken");
            refreshToken = tokens.text("refreshToken");
            renewAt = next();
        }
    }
}
