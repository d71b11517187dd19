package com.amrutam.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.identity.OtpRequested;
import com.amrutam.identity.Api.Answer;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.EventProbe;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Somebody with a phone, who reads the codes sent to it as notification-service would. */
public final class Person {
    private static @Nullable Session adminSession;

    private final Api api;
    private final String phone;
    /** Everybody has their own, so that the cap per client is nobody's concern but its own test's. */
    private final String address = "10.%d.%d.%d"
            .formatted(
                    ThreadLocalRandom.current().nextInt(256),
                    ThreadLocalRandom.current().nextInt(256),
                    ThreadLocalRandom.current().nextInt(256));

    private Person(Api api, String phone) {
        this.api = api;
        this.phone = phone;
    }

    /** Somebody Amrutam has never heard of. */
    public static Person stranger(Api api) {
        return new Person(api, "+9198%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
    }

    /** The administrator every installation starts with, logged in once: the daily cap holds for administrators too. */
    public static synchronized Session seededAdmin(Api api) {
        if (adminSession == null) {
            adminSession = new Person(api, "+910000000001").logIn();
        }
        return adminSession;
    }

    public String phone() {
        return phone;
    }

    public Answer requestCode() {
        return api.send("POST", "/api/v1/auth/otp", null, """
                {"phone": "%s"}""".formatted(phone), "X-Forwarded-For", address);
    }

    /** Asks for a code and takes it from the message. */
    public Code code() {
        // The phone is listened to before the code is asked for.
        var messages = Phones.PROBE;
        var answer = requestCode();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return new Code(UUID.fromString(answer.text("challengeId")), messages);
    }

    public Session logIn() {
        return new Session(code().enter());
    }

    /** A code on this person's phone. */
    public final class Code {
        private final UUID challengeId;
        private final String digits;

        private Code(UUID challengeId, EventProbe messages) {
            this.challengeId = challengeId;
            var event = messages.await(
                    OtpRequested.class, requested -> requested.getChallengeId().equals(challengeId));
            assertThat(event.getPhone()).isEqualTo(phone);
            this.digits = new CodeCipher(System.getProperty("amrutam.codes.keyset"))
                    .decrypt(challengeId, event.getEncryptedCode().array());
        }

        public UUID challengeId() {
            return challengeId;
        }

        public String digits() {
            return digits;
        }

        public Answer enter() {
            return enter(digits);
        }

        public Answer enterWrong() {
            return enter(digits.equals("000000") ? "000001" : "000000");
        }

        public Answer enter(String guess) {
            return api.post("/api/v1/auth/token", null, """
                    {"challengeId": "%s", "code": "%s"}""".formatted(challengeId, guess));
        }
    }

    /** What a login gave. */
    public record Session(String accessToken, String refreshToken, UUID userId) {
        public Session(Answer answer) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            this(
                    answer.text("accessToken"),
                    answer.text("refreshToken"),
                    UUID.fromString(
                            answer.body().required("user").required("id").asString()));
        }
    }

    /** Hears of all codes from the first login of the test run on. */
    private static final class Phones {
        static final EventProbe PROBE = EventProbe.fromNow();
    }
}
