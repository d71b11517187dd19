package com.amrutam.localstack.demo;

import com.amrutam.localstack.server.ServicePorts;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Shows that the system works as a whole: a code asked for at the gateway comes to a phone by way of identity, its
 * outbox, Kafka and notification, and a doctor is found. Nobody is registered by it. It also spares the first visitor
 * the wait for what every service does only once.
 */
public final class SmokeTest {
    private final Person anybody;

    public SmokeTest(ServicePorts services, HttpClient http) {
        this.anybody =
                new Person("+9199%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)), services, http);
    }

    /**
     * Looks.
     *
     * @throws IllegalStateException when a call was refused or no code came
     */
    public void run() throws InterruptedException {
        var begun = Instant.now();
        anybody.requestCode();
        anybody.awaitMessage("LOGIN_CODE", begun);
        anybody.api().get("/api/v1/doctors?sort=soonest").expect(200);
    }
}
