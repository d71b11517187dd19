package com.amrutam.identity.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.identity.Together;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IdentityTest
class RequestCodeTest {
    private final Api api;
    private final JdbcClient jdbc;

    RequestCodeTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void a_code_is_good_for_five_minutes_and_another_is_sent_after_thirty_seconds() {
        var before = Instant.now();

        var answer = Person.stranger(api).requestCode();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("challengeId", "expiresAt", "resendAfter");
        assertThat(Instant.parse(answer.text("expiresAt")))
                .isBetween(before.plus(Duration.ofMinutes(5)), Instant.now().plus(Duration.ofMinutes(5)));
        assertThat(answer.body().required("resendAfter").asInt()).isEqualTo(30);
    }

    @Test
    void the_answer_does_not_tell_whether_the_phone_is_known() {
        var known = Person.stranger(api);
        known.logIn();
        var unknown = Person.stranger(api);

        var toKnown = known.requestCode();
        var toUnknown = unknown.requestCode();

        assertThat(toKnown.status()).isEqualTo(toUnknown.status()).isEqualTo(202);
        assertThat(toKnown.body().propertyNames())
                .containsExactlyElementsOf(toUnknown.body().propertyNames());
        assertThat(known.requestCode().outcome())
                .isEqualTo(unknown.requestCode().outcome())
                .isEqualTo("429 resend-too-soon");
    }

    @Test
    void asking_again_at_once_is_refused_and_told_when_to_come_back() {
        var asha = Person.stranger(api);
        var code = asha.code();

        var refused = asha.requestCode();

        assertThat(refused.outcome()).isEqualTo("429 resend-too-soon");
        assertThat(refused.body().required("retryAfter").asInt()).isBetween(25, 30);
        assertThat(refused.header("Retry-After"))
                .isEqualTo(refused.body().required("retryAfter").asString());
        assertThat(code.enter().status())
                .as("the code that was sent still works")
                .isEqualTo(200);
    }

    @Test
    void of_many_requests_at_once_one_sends_a_code() {
        var asha = Person.stranger(api);

        var outcomes = Together.times(8, () -> asha.requestCode().outcome());

        assertThat(outcomes).filteredOn("202"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("429 resend-too-soon"::equals).hasSize(7);
    }

    @Test
    void a_newer_code_takes_the_place_of_the_older() {
        var asha = Person.stranger(api);
        var older = asha.code();
        pass(asha, Duration.ofSeconds(31));
        var newer = asha.code();

        assertThat(older.enter().outcome()).isEqualTo("401 challenge-expired");
        assertThat(newer.enter().status()).isEqualTo(200);
    }

    @Test
    void a_phone_gets_ten_codes_a_day() {
        var asha = Person.stranger(api);
        for (int sent = 0; sent < 10; sent++) {
            assertThat(asha.requestCode().status()).isEqualTo(202);
            pass(asha, Duration.ofMinutes(1));
        }

        var refused = asha.requestCode();

        assertThat(refused.outcome()).isEqualTo("429 too-many-codes");
        int wait = refused.body().required("retryAfter").asInt();
        // The first was sent ten minutes ago, and counts for a day.
        assertThat(Duration.ofSeconds(wait))
                .isBetween(Duration.ofMinutes(23 * 60 + 49), Duration.ofMinutes(23 * 60 + 50));

        pass(asha, Duration.ofSeconds(wait));
        assertThat(asha.requestCode().status()).isEqualTo(202);
    }

    @Test
    void the_code_is_kept_as_a_keyed_digest_only() {
        var code = Person.stranger(api).code();

        var row = jdbc.sql(
                        "select row_to_json(c)::text || encode(code_digest, 'escape') from login_challenge c where id = :id")
                .param("id", code.challengeId())
                .query(String.class)
                .single();

        assertThat(row.replace(code.challengeId().toString(), "")).doesNotContain('"' + code.digits());
    }

    @Test
    void phones_are_forgotten_when_no_cap_is_counted_from_them_any_more(@Autowired DropOldChallenges dropOld) {
        var old = Person.stranger(api);
        old.requestCode();
        pass(old, Duration.ofHours(49));
        var recent = Person.stranger(api);
        recent.requestCode();
        pass(recent, Duration.ofHours(47));

        dropOld.drop();

        assertThat(challengesOf(old)).isZero();
        assertThat(challengesOf(recent)).isEqualTo(1);
    }

    private int challengesOf(Person person) {
        return jdbc.sql("select count(*) from login_challenge where phone = :phone")
                .param("phone", person.phone())
                .query(Integer.class)
                .single();
    }

    /** Time goes by for this person's codes. */
    private void pass(Person person, Duration duration) {
        jdbc.sql("""
                        update login_challenge set requested_at = requested_at - make_interval(secs => :seconds),
                            expires_at = expires_at - make_interval(secs => :seconds)
                        where phone = :phone""")
                .param("seconds", duration.toSeconds())
                .param("phone", person.phone())
                .update();
    }
}
