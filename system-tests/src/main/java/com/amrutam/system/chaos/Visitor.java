package com.amrutam.system.chaos;

import com.amrutam.system.chaos.Door.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody with a phone who is logged in. */
final class Visitor {
    private static final int LOGIN_PATIENCE_SECONDS = 60;
    /** A token is good for fifteen minutes. */
    private static final Duration TOKEN_AGE = Duration.ofMinutes(14);

    private final Door door;
    private final Mailbox mailbox;
    private final Outages outages;
    private final String phone;
    private final String address;
    private @Nullable String token;
    private Instant since = Instant.EPOCH;
    private @Nullable UUID id;

    /** @param number tells this one from all others of the run */
    Visitor(Door door, Mailbox mailbox, Outages outages, String block, int number) {
        this.door = door;
        this.mailbox = mailbox;
        this.outages = outages;
        this.phone = "+91" + block + "%04d".formatted(number);
        // Of the range for benchmarks (RFC 2544): to the rate limits everybody is somebody else.
        this.address = "198.18.%d.%d".formatted(number / 250, 1 + number % 250);
    }

    UUID id() {
        if (id == null) {
            throw new IllegalStateException(phone + " has not logged in");
        }
        return id;
    }

    /** Logs in, however often that takes. */
    void logIn() throws InterruptedException {
        var deadline = Instant.now().plusSeconds(LOGIN_PATIENCE_SECONDS);
        token = null;
        while (Instant.now().isBefore(deadline)) {
            var challenge = ask("POST", "/api/v1/auth/otp", Map.of("phone", phone), Map.of());
            if (challenge.status() == 202) {
                var subject = UUID.fromString(challenge.text("challengeId"));
                while (Instant.now().isBefore(deadline)) {
                    var code = mailbox.code(subject);
                    if (code.isPresent()) {
                        var tokens = ask(
                                "POST",
                                "/api/v1/auth/token",
                                Map.of("challengeId", subject, "code", code.get()),
                                Map.of());
                        if (tokens.status() == 200) {
                            token = tokens.text("accessToken");
                            since = Instant.now();
                            id = UUID.fromString(
                                    tokens.body().path("user").path("id").asText());
                            return;
                        }
                        break;
                    }
                    Thread.sleep(Pace.LOOK);
                }
            }
            Thread.sleep(Pace.RETRY);
        }
        throw new IllegalStateException(phone + " could not log in within " + LOGIN_PATIENCE_SECONDS + " s");
    }

    /**
     * A call to a service, whose answer counts for what people see of it. A good token that is refused is as bad as no
     * answer.
     */
    Answer call(String service, String method, String path, @Nullable Object body, Map<String, String> headers)
            throws InterruptedException {
        if (since.plus(TOKEN_AGE).isBefore(Instant.now())) {
            logIn();
        }
        var begun = Instant.now();
        var answer = ask(method, path, body, headers);
        outages.note(service, phone, answer, begun, Instant.now());
        return answer;
    }

    private Answer ask(String method, String path, @Nullable Object body, Map<String, String> headers)
            throws InterruptedException {
        var all = new HashMap<>(headers);
        all.put("X-Forwarded-For", address);
        if (token != null) {
            all.put("Authorization", "Bearer " + token);
        }
        return door.call(method, path, body, all);
    }
}
