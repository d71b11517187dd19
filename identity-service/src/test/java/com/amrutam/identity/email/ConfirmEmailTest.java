package com.amrutam.identity.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.OtpRequested;
import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.EventProbe;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@IdentityTest
class ConfirmEmailTest {
    private static final String ME = "/api/v1/users/me";
    private static final String CODE = ME + "/email/code";
    private static final String CONFIRM = ME + "/email/confirm";

    private final Api api;

    ConfirmEmailTest(@LocalServerPort int port) {
        this.api = new Api(port);
    }

    @Test
    void an_address_counts_and_is_told_once_its_owner_has_read_the_code() {
        try (var probe = EventProbe.fromNow()) {
            var session = Person.stranger(api).logIn();
            setEmail(session, "asha@example.org");
            var requested = api.send("POST", CODE, session.accessToken(), null);
            assertThat(requested.status()).as(requested.toString()).isEqualTo(202);
            var code = codeSent(probe, requested, "asha@example.org");

            var wrong = confirm(session, requested.text("challengeId"), code.equals("000000") ? "000001" : "000000");
            assertThat(wrong.outcome()).isEqualTo("401 code-incorrect");
            assertThat(wrong.body().required("attemptsRemaining").asInt()).isEqualTo(4);
            var stranger = Person.stranger(api).logIn();
            assertThat(confirm(stranger, requested.text("challengeId"), code).outcome())
                    .isEqualTo("401 challenge-expired");

            var confirmed = confirm(session, requested.text("challengeId"), code);
            assertThat(confirmed.status()).isEqualTo(200);
            assertThat(confirmed.text("email")).isEqualTo("asha@example.org");
            assertThat(confirmed.body().required("emailVerified").asBoolean(false))
                    .isTrue();
            probe.await(
                    ContactChanged.class,
                    event -> event.getUserId().equals(session.userId()) && "asha@example.org".equals(event.getEmail()));
            assertThat(confirm(session, requested.text("challengeId"), code).outcome())
                    .isEqualTo("401 challenge-expired");
        }
    }

    @Test
    void the_verified_address_stays_in_use_until_the_next_is_verified() {
        try (var probe = EventProbe.fromNow()) {
            var session = Person.stranger(api).logIn();
            setEmail(session, "old@example.org");
            var requested = api.send("POST", CODE, session.accessToken(), null);
            confirm(session, requested.text("challengeId"), codeSent(probe, requested, "old@example.org"));

            setEmail(session, "new@example.org");

            var shown = api.get(ME, session.accessToken());
            assertThat(shown.text("email")).isEqualTo("new@example.org");
            assertThat(shown.body().required("emailVerified").asBoolean(true)).isFalse();
            probe.await(
                    ContactChanged.class,
                    event -> event.getUserId().equals(session.userId())
                            && event.getVersion() == 4
                            && "old@example.org".equals(event.getEmail()));
            setEmail(session, "old@example.org");
            assertThat(api.get(ME, session.accessToken())
                            .body()
                            .required("emailVerified")
                            .asBoolean(false))
                    .isTrue();
        }
    }

    @Test
    void without_an_address_or_too_soon_no_code_is_sent() {
        var session = Person.stranger(api).logIn();
        assertThat(api.send("POST", CODE, session.accessToken(), null).outcome())
                .isEqualTo("409 email-missing");

        setEmail(session, "asha@example.org");
        assertThat(api.send("POST", CODE, session.accessToken(), null).outcome())
                .isEqualTo("202");
        var again = api.send("POST", CODE, session.accessToken(), null);
        assertThat(again.outcome()).isEqualTo("429 resend-too-soon");
        assertThat(again.header("Retry-After")).isNotNull();
    }

    private void setEmail(Person.Session session, String email) {
        var answer = api.send("PATCH", ME, session.accessToken(), "{\"email\": \"%s\"}".formatted(email));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private Api.Answer confirm(Person.Session session, String challengeId, String code) {
        return api.post(
                CONFIRM,
                session.accessToken(),
                "{\"challengeId\": \"%s\", \"code\": \"%s\"}".formatted(challengeId, code));
    }

    private static String codeSent(EventProbe probe, Api.Answer requested, String email) {
        var challengeId = UUID.fromString(requested.text("challengeId"));
        var event = probe.await(OtpRequested.class, one -> one.getChallengeId().equals(challengeId));
        assertThat(event.getEmail()).isEqualTo(email);
        return new CodeCipher(System.getProperty("amrutam.codes.keyset"))
                .decrypt(challengeId, event.getEncryptedCode().array());
    }
}
