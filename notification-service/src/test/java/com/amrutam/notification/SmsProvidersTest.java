package com.amrutam.notification;

import static com.amrutam.notification.Outside.aPhone;
import static com.amrutam.notification.Outside.awaitState;
import static com.amrutam.notification.Outside.jdbc;
import static com.amrutam.notification.Outside.probe;
import static com.amrutam.notification.Outside.providers;
import static com.amrutam.notification.Outside.stateOf;
import static com.amrutam.notification.Outside.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.booking.LockReason;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import tools.jackson.databind.json.JsonMapper;

/** Two providers of SMS on the network, of which the first misbehaves in every way there is. */
@ExtendWith({LocalStack.class, Outside.class})
class SmsProvidersTest {
    private final String phone = aPhone();

    @BeforeEach
    void forget() {
        providers().forget();
    }

    @Test
    void the_first_provider_is_asked_as_configured_and_hostile_text_stays_text() {
        var events = Events.of(tell(phone, card -> card));
        doctorNamed(events.doctor(), "Dr. \"Quote\" \\ {id} {to}\n<b>नमस्ते</b> 🙏");

        awaitState(probe().send(events.booked()), "SMS", "SENT");

        var asked = providers().asked("first", phone);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().key()).isEqualTo("secret-key");
        var json = new JsonMapper().readTree(asked.getFirst().body());
        assertThat(json.path("mobiles").asString()).isEqualTo(phone.substring(1));
        assertThat(json.path("template_id").asString()).isEqualTo("template-appointment_booked.en");
        assertThat(json.path("entity_id").asString()).isEqualTo("1101600000000000001");
        assertThat(json.path("text").asString()).contains("Dr. \"Quote\" \\ {id} {to}\n<b>नमस्ते</b> 🙏");
        assertThat(json.path("coding").asString()).isEqualTo("unicode");
        assertThat(providers().asked("second", phone)).isEmpty();
    }

    @Test
    void a_text_that_needs_no_other_characters_is_said_to_be_plain() {
        var events = Events.of(tell(phone, card -> card));
        doctorNamed(events.doctor(), "Dr. Meera Joshi");

        awaitState(probe().send(events.booked()), "SMS", "SENT");

        assertThat(providers().asked("first", phone))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).contains("\"coding\":\"plain\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 {\"type\":\"error\",\"message\":\"no balance\"}",
                "200 <html>rubbish</html>",
                "500 oops",
                "429",
                "302",
                "400 no such template"
            })
    void where_the_first_refuses_the_second_delivers(String mood) {
        healed();
        providers().treat("first", phone, mood);
        var events = Events.of(tell(phone, card -> card));

        awaitState(probe().send(events.booked()), "SMS", "SENT");

        assertThat(providers().asked("second", phone))
                .singleElement()
                .extracting(ProviderStub.Asked::body)
                .asString()
                .startsWith("To=%2B" + phone.substring(1) + "&Body=Your+appointment");
    }

    @Test
    void where_both_want_to_be_left_alone_the_message_waits_as_long_as_they_say() {
        healed();
        providers().treat("first", phone, "429");
        providers().treat("second", phone, "429");
        var cause = probe().send(Events.of(tell(phone, card -> card)).booked());

        await().until(() -> !providers().asked("second", phone).isEmpty()
                && stateOf(cause, "SMS").equals("QUEUED"));

        var next = jdbc().sql("select next_attempt from message where cause_event_id = ?")
                .param(cause)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        assertThat(Duration.between(Instant.now(), next)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(121));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "drip", "drop", "504 a proxy gave up"})
    void what_a_provider_may_have_taken_is_not_sent_again_and_marked_so(String mood) {
        healed();
        providers().treat("first", phone, mood);
        var events = Events.of(tell(phone, card -> card));

        awaitState(probe().send(events.booked()), "SMS", "FAILED uncertain");

        assertThat(providers().asked("first", phone)).hasSize(1);
        assertThat(providers().asked("second", phone)).isEmpty();
    }

    @Test
    void a_code_a_provider_may_have_taken_goes_by_the_next_for_twice_is_better_than_never() {
        healed();
        providers().treat("first", phone, "hang");
        var events = Events.of(tell(phone, card -> card));

        awaitState(probe().send(events.code(cipher(), LockReason.PATIENT)), "SMS", "SENT");

        assertThat(providers().asked("second", phone)).hasSize(1);
    }

    @Test
    void what_is_no_phone_number_is_shown_to_nobody() {
        var events = Events.of(tell("+0call-me\r\nX-Evil: 1", card -> card));

        awaitState(probe().send(events.booked()), "SMS", "FAILED bad-contact");

        assertThat(providers().asked("first")).isEmpty();
    }

    @Test
    void who_wants_a_language_or_lives_in_a_zone_nobody_knows_is_told_in_english_and_as_in_india() {
        var events = Events.of(tell(phone, card -> card.setLanguage("tlh-!!").setTimeZone("Mars/Olympus")));

        awaitState(probe().send(events.booked()), "SMS", "SENT");

        assertThat(providers().asked("first", phone).getFirst().body())
                .contains("is booked for Friday, 15 January 2049, 10:00 (online).");
    }

    @Test
    void what_a_person_switched_off_is_not_sent_and_whatsapp_where_they_left_it_on() {
        var events = Events.of(tell(phone, card -> card.setMutedChannels(List.of("SMS"))));

        awaitState(probe().send(events.booked()), "WHATSAPP", "SENT");

        assertThat(providers().asked("first", phone)).isEmpty();
        assertThat(providers().asked("whatsapp", phone))
                .singleElement()
                .extracting(ProviderStub.Asked::body)
                .asString()
                .contains("\"to\":\"" + phone + "\"");
    }

    @Test
    void a_reminder_of_a_far_day_waits_for_the_morning_where_the_person_lives() {
        var events = Events.of(tell(phone, card -> card.setTimeZone("+12:00")));

        var cause = Outside.deliver(events.reminder(1));

        assertThat(stateOf(cause, "SMS")).isEqualTo("QUEUED");
        var next = jdbc().sql("select next_attempt from message where cause_event_id = ?")
                .param(cause)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        assertThat(Duration.between(Instant.now(), next)).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(31));
    }

    @Test
    void a_reminder_of_an_appointment_cancelled_a_moment_before_is_not_sent() {
        var events = Events.of(tell(phone, card -> card));
        Outside.deliver(events.booked());
        Outside.deliver(events.cancelled(2));

        awaitState(probe().send(events.reminder(1)), "SMS", "SUPPRESSED superseded");

        assertThat(providers().asked("first", phone))
                .noneMatch(one -> one.body().contains("Reminder"));
    }

    @Test
    void an_administrator_has_what_no_provider_took_sent_again_and_nobody_else() throws Exception {
        var cause = probe().send(Events.of(tell(phone, card -> card)).booked());
        awaitState(cause, "SMS", "SENT");
        jdbc().sql("update message set state = 'FAILED', reason = 'not-taken' where cause_event_id = ?")
                .param(cause)
                .update();

        assertThat(replay("PATIENT").statusCode()).isEqualTo(403);
        assertThat(replay("ADMIN").body()).matches("\\{\"queued\":[1-9]\\d*}");

        awaitState(cause, "SMS", "SENT");
        assertThat(providers().asked("first", phone)).hasSize(2);
    }

    private static HttpResponse<String> replay(String role) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + Outside.port() + "/api/v1/admin/notifications/failed/replay"))
                .header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), role))
                .POST(HttpRequest.BodyPublishers.noBody());
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void without_a_way_to_deliver_codes_the_service_does_not_start_and_says_what_to_set() {
        assertThatThrownBy(() -> SpringApplication.run(NotificationApplication.class, "--server.port=0"))
                .rootCause()
                .hasMessageContaining("No channel delivers SMS")
                .hasMessageContaining("spring.profiles.active");
    }

    @Test
    void nor_does_it_where_an_operator_would_throw_away_a_text_whose_id_is_missing() {
        var settings = Outside.settings(providers(), 25).stream()
                .filter(setting -> !setting.contains("[BOOKING_CODE.hi]"))
                .toArray(String[]::new);

        assertThatThrownBy(() -> SpringApplication.run(NotificationApplication.class, settings))
                .rootCause()
                .hasMessageContaining("template-ids lacks [BOOKING_CODE.hi]");
    }

    @Test
    void the_mailbox_and_the_previews_of_the_local_stack_are_not_there_whoever_asks() throws Exception {
        for (var path : List.of("/dev/messages?to=%2B919812345678", "/dev/templates")) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Outside.port() + path));
            for (var asked : List.of(
                    request.copy(),
                    request.copy().header("Authorization", "Bearer " + TestIssuer.token(UUID.randomUUID(), "ADMIN")))) {
                try (var http = HttpClient.newHttpClient()) {
                    var response = http.send(asked.build(), HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode()).isEqualTo(404);
                    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                }
            }
        }
    }

    /** Ten good ones, so that the breaker has forgotten what other tests did. */
    private void healed() {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            providers().forget();
            for (int good = 0; good < 10; good++) {
                probe().send(Events.of(tell(aPhone(), card -> card)).booked());
            }
            await().until(() -> providers().asked("first").size()
                            + providers().asked("second").size()
                    >= 10);
            return providers().asked("first").size() >= 10;
        });
        providers().forget();
    }

    private static CodeCipher cipher() {
        return Outside.running().service().getBean(CodeCipher.class);
    }

    private static void doctorNamed(UUID doctor, String name) {
        jdbc().sql("insert into doctor (doctor_id, name, version) values (?, ?, 1)")
                .params(doctor, name)
                .update();
    }
}
