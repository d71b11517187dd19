package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing secret or personal is in any log: of this test's own person, nor, in form, of anybody in the whole test run. */
@ExtendWith(RunningSystem.class)
class SilentLogsTest {
    private static final Pattern PHONE = Pattern.compile("(\\+|%2B)91\\d{10}");
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}");
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._-]+@example\\.(org|com)");

    @Test
    void no_log_holds_a_phone_a_name_an_address_a_code_or_a_token() throws InterruptedException, IOException {
        var patient = RunningSystem.somebody();
        var begun = Instant.now();
        var tokens = patient.logIn();
        var loginCode = patient.awaitMessage("LOGIN_CODE", begun).code();
        patient.api()
                .send(
                        "PATCH",
                        "/api/v1/users/me",
                        "{\"name\":\"Asha Unloggable\",\"email\":\"asha.unloggable@example.org\"}",
                        Map.of())
                .expect(200);
        patient.api().post("/api/v1/users/me/email/code").expect(202);
        var booking = Instant.now();
        var lock = Visit.hold(patient, Visit.slot(patient)).expect(201);
        var bookingCode = patient.awaitMessage("BOOKING_CODE", booking).code();
        Visit.confirm(patient, lock, bookingCode.equals("000000") ? "000001" : "000000")
                .expect(422);
        Visit.confirm(patient, lock, bookingCode).expect(201);
        patient.api()
                .post("/api/v1/auth/refresh", Map.of("refreshToken", tokens.text("refreshToken")))
                .expect(200);
        patient.api()
                .post("/api/v1/auth/refresh", Map.of("refreshToken", tokens.text("refreshToken")))
                .expect(401);
        patient.api().send("POST", "/api/v1/auth/otp", "{\"phone\":\"" + patient.phone() + "\",}", Map.of());
        patient.api()
                .get("/api/v1/doctors?q=" + patient.phone().replace("+", "%2B"))
                .expect(200);

        var secrets = List.of(
                patient.phone().substring(1),
                "Unloggable",
                "asha.unloggable",
                tokens.text("accessToken"),
                tokens.text("refreshToken"),
                "\"" + loginCode + "\"",
                "\"" + bookingCode + "\"",
                " " + loginCode + " ",
                " " + bookingCode + " ");
        var found = new ArrayList<String>();
        for (var log : RunningSystem.logs()) {
            for (var line : Files.readString(log, StandardCharsets.ISO_8859_1).split("\n")) {
                if (secrets.stream().anyMatch(line::contains)
                        || PHONE.matcher(line).find()
                        || TOKEN.matcher(line).find()
                        || EMAIL.matcher(line).find()) {
                    found.add(log.getFileName() + ": " + line);
                }
            }
        }
        assertThat(RunningSystem.logs()).hasSizeGreaterThan(5);
        assertThat(found).isEmpty();
    }
}
