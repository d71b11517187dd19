package com.amrutam.system.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Topic;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.StockClients;
import com.amrutam.system.Visit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the topics tell of a person, to somebody who may read them all but has no key. */
@ExtendWith(RunningSystem.class)
class RestrictedTopicsTest {
    /** In form, of everybody in the whole test run. */
    private static final Pattern PERSONAL = Pattern.compile("\\+91\\d{10}|[A-Za-z0-9._-]+@example\\.(org|com)");

    @Test
    void personal_data_is_on_the_restricted_topics_alone_and_codes_are_nowhere() throws Exception {
        var patient = RunningSystem.somebody();
        var begun = Instant.now();
        patient.logIn();
        var loginCode = patient.awaitMessage("LOGIN_CODE", begun).code();
        patient.api()
                .send(
                        "PATCH",
                        "/api/v1/users/me",
                        "{\"name\":\"Asha Untellable\",\"email\":\"asha.untellable@example.org\"}",
                        Map.of())
                .expect(200);
        patient.api().post("/api/v1/users/me/email/code").expect(202);
        var booking = Instant.now();
        var lock = Visit.hold(patient, Visit.slot(patient)).expect(201);
        var bookingCode = patient.awaitMessage("BOOKING_CODE", booking).code();
        var appointment = Visit.confirm(patient, lock, bookingCode).expect(201);
        patient.awaitMessage("APPOINTMENT_BOOKED", booking);
        patient.api()
                .post(
                        "/api/v1/appointments/%s/cancel".formatted(appointment.text("id")),
                        Map.of("reason", "Untellable reasons"))
                .expect(200);
        patient.awaitMessage("APPOINTMENT_CANCELLED", booking);
        var restricted = Arrays.stream(Topic.values())
                .filter(Topic::isRestricted)
                .map(topic -> topic.topicName() + ' ')
                .toList();

        var lines = StockClients.readAll();

        var open = lines.stream()
                .filter(line -> restricted.stream().noneMatch(line::startsWith))
                .toList();
        assertThat(open).hasSizeGreaterThan(20);
        assertThat(open).noneMatch(line -> PERSONAL.matcher(line).find());
        assertThat(open)
                .noneMatch(line -> line.contains("Untellable")
                        || line.contains("untellable")
                        || line.contains(patient.phone().substring(3)));
        assertThat(lines).noneMatch(line -> holds(line, loginCode) || holds(line, bookingCode));
        // And the scan does find what is there to be found.
        assertThat(lines).anyMatch(line -> line.contains(patient.phone()));
        assertThat(open).anyMatch(line -> line.contains(appointment.text("id")));
        assertThat(List.of("identity.contact-changed.v1 ", "identity.otp-requested.v1 ", "booking.otp-requested.v1 "))
                .containsExactlyInAnyOrderElementsOf(restricted);
    }

    /** As a word of its own: six digits may well be inside an id or a time. */
    private static boolean holds(String line, String code) {
        return Pattern.compile("(?<![0-9a-fA-F-])" + code + "(?![0-9a-fA-F-])")
                .matcher(line)
                .find();
    }
}
