package com.amrutam.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.OtpRequested;
import com.amrutam.identity.Api;
import com.amrutam.identity.Api.Answer;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.identity.Together;
import com.amrutam.localstack.junit.EventProbe;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@IdentityTest
class ProfileTest {
    private static final String ME = "/api/v1/users/me";

    private final Api api;

    ProfileTest(@LocalServerPort int port) {
        this.api = new Api(port);
    }

    @Test
    void somebody_new_has_a_phone_and_what_we_assume() {
        var asha = Person.stranger(api);
        var session = asha.logIn();

        var answer = api.get(ME, session.accessToken());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.body())
                .isEqualTo(JsonMapper.shared().readTree("""
                {"id": "%s", "phone": "%s", "language": "en", "timeZone": "Asia/Kolkata",
                 "notificationPreferences": {"sms": true, "email": true, "whatsapp": true, "push": true}}""".formatted(session.userId(), asha.phone())));
    }

    @Test
    void a_change_is_shown_and_told_as_a_whole_card() {
        var asha = Person.stranger(api);
        var session = asha.logIn();
        try (var events = EventProbe.fromNow()) {
            var answer = patch(session.accessToken(), """
                    {"name": "  आशा शर्मा ", "language": "hi", "timeZone": "Europe/London",
                     "notificationPreferences": {"whatsapp": false, "push": false}}""");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("ETag")).isEqualTo("\"2\"");
            assertThat(answer.text("name")).isEqualTo("आशा शर्मा");
            assertThat(answer.body())
                    .isEqualTo(api.get(ME, session.accessToken()).body());
            var card = events.await(
                    ContactChanged.class,
                    event -> event.getUserId().equals(session.userId()) && event.getVersion() == 2);
            assertThat(card.getPhone()).isEqualTo(asha.phone());
            assertThat(card.getName()).isEqualTo("आशा शर्मा");
            assertThat(card.getLanguage()).isEqualTo("hi");
            assertThat(card.getTimeZone()).isEqualTo("Europe/London");
            assertThat(card.getMutedChannels()).containsExactly("WHATSAPP", "PUSH");

            var challenge = asha.requestCode().text("challengeId");
            assertThat(events.await(
                                    OtpRequested.class,
                                    event -> event.getChallengeId().toString().equals(challenge))
                            .getLanguage())
                    .as("the next code comes in the language of the person")
                    .isEqualTo("hi");
        }
    }

    @Test
    void what_is_left_out_stays_and_null_removes() {
        var session = Person.stranger(api).logIn();
        patch(session.accessToken(), """
                {"name": "Asha", "email": "asha@example.com", "notificationPreferences": {"sms": false}}""");

        var answer = patch(session.accessToken(), """
                {"name": null, "notificationPreferences": {"push": false}}""");

        assertThat(answer.body().has("name")).isFalse();
        assertThat(answer.text("email")).isEqualTo("asha@example.com");
        assertThat(answer.body().required("notificationPreferences").toString())
                .isEqualTo("{\"sms\":false,\"email\":true,\"whatsapp\":true,\"push\":false}");
    }

    @Test
    void an_email_address_is_kept_as_unverified_and_told_to_nobody() {
        var session = Person.stranger(api).logIn();
        try (var events = EventProbe.fromNow()) {
            var answer = patch(session.accessToken(), """
                    {"email": "asha@example.com"}""");

            assertThat(answer.text("email")).isEqualTo("asha@example.com");
            assertThat(answer.body().required("emailVerified").asBoolean(true)).isFalse();
            assertThat(events.await(
                                    ContactChanged.class,
                                    event -> event.getUserId().equals(session.userId()))
                            .getEmail())
                    .isNull();
        }
    }

    @Test
    void a_change_that_makes_no_difference_raises_no_version() {
        var session = Person.stranger(api).logIn();

        assertThat(patch(session.accessToken(), "{}").header("ETag")).isEqualTo("\"1\"");
        assertThat(patch(session.accessToken(), "{\"language\": \"en\"}").header("ETag"))
                .isEqualTo("\"1\"");
    }

    @Test
    void a_change_of_an_older_version_is_refused() {
        var session = Person.stranger(api).logIn();
        patch(session.accessToken(), "{\"name\": \"Asha\"}");

        var stale = patch(session.accessToken(), "{\"name\": \"Usha\"}", "If-Match", "\"1\"");

        assertThat(stale.outcome()).isEqualTo("412 precondition-failed");
        assertThat(api.get(ME, session.accessToken()).text("name")).isEqualTo("Asha");
        assertThat(patch(session.accessToken(), "{\"name\": \"Usha\"}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(200);
        assertThat(patch(session.accessToken(), "{\"name\": \"Lata\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(patch(session.accessToken(), "{\"name\": \"Mira\"}", "If-Match", "nonsense")
                        .outcome())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void of_changes_at_once_to_one_version_one_is_made() {
        var session = Person.stranger(api).logIn();
        var number = new AtomicInteger();

        var outcomes = Together.times(
                6,
                () -> patch(
                                session.accessToken(),
                                "{\"name\": \"Asha %d\"}".formatted(number.incrementAndGet()),
                                "If-Match",
                                "\"1\"")
                        .outcome());

        assertThat(outcomes).filteredOn("200"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("412 precondition-failed"::equals).hasSize(5);
    }

    @Test
    void who_has_seen_the_version_is_not_sent_it_again() {
        var session = Person.stranger(api).logIn();

        assertThat(api.send("GET", ME, session.accessToken(), null, "If-None-Match", "\"1\"")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"name": ""}                         | name
                {"name": "   "}                      | name
                {"name": "a\\u0000b"}                | name
                {"name": "a\\nb"}                    | name
                {"name": "\\ud800"}                  | name
                {"email": "asha"}                    | email
                {"email": ""}                        | email
                {"email": "asha@example"}            | email
                {"email": "a b@example.com"}         | email
                {"email": "asha@example.com\\nx"}    | email
                {"email": "<asha@example.com>"}      | email
                {"email": "asha@-example.com"}       | email
                {"language": "fr"}                   | language
                {"language": "EN"}                   | language
                {"language": null}                   | language
                {"timeZone": "Mars/Olympus"}         | timeZone
                {"timeZone": "+05:30"}               | timeZone
                {"timeZone": "asia/kolkata"}         | timeZone
                {"timeZone": null}                   | timeZone
                {"notificationPreferences": null}    | notificationPreferences
                """)
    void a_value_that_cannot_be_is_refused_by_name(String body, String field) {
        var session = Person.stranger(api).logIn();

        var answer = patch(session.accessToken(), body);

        assertThat(answer.outcome()).as(body).isEqualTo("422 validation-failed");
        assertThat(answer.body().required("errors").size()).isEqualTo(1);
        assertThat(answer.body().required("errors").get(0).required("field").asString())
                .isEqualTo(field);
    }

    @Test
    void all_values_that_cannot_be_are_named_and_nothing_is_changed() {
        var session = Person.stranger(api).logIn();

        var answer = patch(session.accessToken(), """
                {"name": "%s", "email": "%s@example.com", "language": "xx", "timeZone": "Asia/Kolkata"}""".formatted("a".repeat(101), "a".repeat(65)));

        assertThat(StreamSupport.stream(answer.body().required("errors").spliterator(), false)
                        .map(error -> error.required("field").asString()))
                .containsExactly("name", "email", "language");
        assertThat(api.get(ME, session.accessToken()).header("ETag")).isEqualTo("\"1\"");
    }

    private Answer patch(String token, String body, String... headers) {
        return api.send("PATCH", ME, token, body, headers);
    }
}
