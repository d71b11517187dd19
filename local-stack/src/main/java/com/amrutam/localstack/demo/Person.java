package com.amrutam.localstack.demo;

import com.amrutam.localstack.server.ServicePorts;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Somebody with a phone: logs in with the code they get by SMS, and reads what else they are sent. */
public final class Person {
    private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6}(?!\\d)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final String phone;
    private final Api api;
    private final Api phones;

    /** A message on the phone's screen. */
    public record Message(String kind, String text) {
        public String code() {
            return codeIn(text).orElseThrow(() -> new IllegalStateException("No code in: " + text));
        }
    }

    /** The code a message's text holds. */
    public static Optional<String> codeIn(String text) {
        var matcher = CODE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    public Person(String phone, ServicePorts services, HttpClient http) {
        this(phone, services.api(), services.messages(), http);
    }

    Person(String phone, URI api, URI messages, HttpClient http) {
        this.phone = phone;
        this.api = new Api(http, api);
        this.phones = new Api(http, messages);
    }

    public String phone() {
        return phone;
    }

    /** The API as this person. */
    public Api api() {
        return api;
    }

    Api.Answer requestCode() throws InterruptedException {
        return api.post("/api/v1/auth/otp", Map.of("phone", phone)).expect(202);
    }

    /** Logs in with a code; from here on the API is called with the token. */
    Api.Answer enter(String challengeId, String code) throws InterruptedException {
        var tokens = api.post("/api/v1/auth/token", Map.of("challengeId", challengeId, "code", code))
                .expect(200);
        api.accessToken(tokens.text("accessToken"));
        return tokens;
    }

    /** The whole login; answers what the token endpoint said. */
    public Api.Answer logIn() throws InterruptedException {
        var begun = Instant.now();
        var challenge = requestCode();
        return enter(
                challenge.text("challengeId"), awaitMessage("LOGIN_CODE", begun).code());
    }

    /** A new pair of tokens, which carries the roles of now. */
    void refresh(String refreshToken) throws InterruptedException {
        var tokens = api.post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken))
                .expect(200);
        api.accessToken(tokens.text("accessToken"));
    }

    /** The newest message of a kind that was sent since then; waits for it. */
    public Message awaitMessage(String kind, Instant since) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var messages = phones.get("/dev/messages?to=" + URLEncoder.encode(phone, StandardCharsets.UTF_8))
                    .expect(200);
            for (JsonNode message : messages.body().path("items")) {
                if (message.path("kind").asText().equals(kind)
                        && !Instant.parse(message.path("sentAt").asText()).isBefore(since)) {
                    return new Message(kind, message.path("text").asText());
                }
            }
            Thread.sleep(LOOK_AGAIN);
        }
        throw new IllegalStateException("No " + kind + " came to " + phone + " within " + PATIENCE.toSeconds() + " s");
    }
}
