package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forged tokens, guessed codes, stolen refresh tokens. Tokens that expired or are for others: see the gateway's own tests. */
@ExtendWith(RunningSystem.class)
class Api2BrokenAuthenticationTest {
    private static final String ME = "/api/v1/users/me";

    @Test
    void a_token_made_from_a_real_one_opens_nothing() throws Exception {
        var patient = RunningSystem.somebody();
        var token = patient.logIn().text("accessToken");
        var parts = token.split("\\.");
        var asAdmin = encode(decode(parts[1]).replace("PATIENT", "ADMIN"));
        var kid = decode(parts[0]).replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
        var publicKey = patient.api().get("/.well-known/jwks.json").body().toString();

        for (var forged : new String[] {
            parts[0] + "." + asAdmin + "." + parts[2],
            encode("{\"alg\":\"none\"}") + "." + asAdmin + ".",
            encode("{\"alg\":\"None\",\"kid\":\"" + kid + "\"}") + "." + asAdmin + "." + parts[2],
            signedWithThePublicKey(encode("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}") + "." + asAdmin, publicKey),
            encode("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}") + "." + asAdmin + "." + parts[2],
        }) {
            assertThat(patient.api()
                            .send("GET", ME, null, Map.of("Authorization", "Bearer " + forged))
                            .status())
                    .as(forged)
                    .isEqualTo(401);
        }
        assertThat(patient.api().get(ME).status()).isEqualTo(200);
    }

    @Test
    void a_code_is_guessed_at_five_times_and_a_new_challenge_gives_the_old_code_no_more() throws Exception {
        var patient = RunningSystem.somebody();
        var begun = Instant.now();
        var challenge = patient.api()
                .post("/api/v1/auth/otp", Map.of("phone", patient.phone()))
                .expect(202);
        var code = patient.awaitMessage("LOGIN_CODE", begun).code();
        var wrong = code.equals("000000") ? "000001" : "000000";
        for (int guess = 1; guess <= 5; guess++) {
            var answer = RunningSystem.somebody()
                    .api()
                    .post("/api/v1/auth/token", Map.of("challengeId", challenge.text("challengeId"), "code", wrong));
            assertThat(answer.text("code")).isEqualTo("code-incorrect");
        }
        assertThat(RunningSystem.somebody()
                        .api()
                        .post("/api/v1/auth/token", Map.of("challengeId", challenge.text("challengeId"), "code", code))
                        .text("code"))
                .isEqualTo("challenge-expired");
        assertThat(patient.api()
                        .post("/api/v1/auth/otp", Map.of("phone", patient.phone()))
                        .status())
                .as("the next five guesses have to wait")
                .isEqualTo(429);
    }

    @Test
    void of_refreshes_in_a_race_one_wins_and_then_the_family_dies() throws Exception {
        var patient = RunningSystem.somebody();
        var refreshToken = patient.logIn().text("refreshToken");
        var answers = new ArrayList<Integer>();
        String won = "";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<com.amrutam.localstack.demo.Api.Answer> refresh = () ->
                    RunningSystem.somebody().api().post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
            for (var answer : threads.invokeAll(java.util.Collections.nCopies(6, refresh))) {
                answers.add(answer.get().status());
                if (answer.get().status() == 200) {
                    won = answer.get().text("refreshToken");
                }
            }
        }
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
        assertThat(RunningSystem.somebody()
                        .api()
                        .post("/api/v1/auth/refresh", Map.of("refreshToken", won))
                        .status())
                .as("the winner may be the thief")
                .isEqualTo(401);
    }

    private static String signedWithThePublicKey(String content, String publicKey) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
