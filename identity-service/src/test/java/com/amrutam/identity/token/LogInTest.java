package com.amrutam.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.UserRegistered;
import com.amrutam.identity.Api;
import com.amrutam.identity.Api.Answer;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.identity.Person.Session;
import com.amrutam.identity.Together;
import com.amrutam.identity.user.Phone;
import com.amrutam.identity.user.Registration;
import com.amrutam.localstack.junit.EventProbe;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IdentityTest
class LogInTest {
    private final Api api;
    private final JdbcClient jdbc;

    LogInTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void the_first_login_makes_a_patient_and_tells_the_other_services() {
        var asha = Person.stranger(api);
        try (var events = EventProbe.fromNow()) {
            var answer = asha.code().enter();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().propertyNames())
                    .containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn", "refreshToken", "user");
            assertThat(answer.text("tokenType")).isEqualTo("Bearer");
            assertThat(answer.body().required("expiresIn").asInt()).isEqualTo(900);
            assertThat(answer.body().required("user").required("roles").toString())
                    .isEqualTo("[\"PATIENT\"]");
            assertThat(answer.header("Cache-Control")).contains("no-store");

            var id = new Session(answer).userId();
            var registered = events.await(
                    UserRegistered.class, event -> event.getUserId().equals(id));
            assertThat(registered.getRoles()).containsExactly("PATIENT");
            var card = events.await(
                    ContactChanged.class, event -> event.getUserId().equals(id));
            assertThat(card.getPhone()).isEqualTo(asha.phone());
            assertThat(card.getVersion()).isEqualTo(1);
            assertThat(card.getLanguage()).isEqualTo("en");
            assertThat(card.getTimeZone()).isEqualTo("Asia/Kolkata");
            assertThat(card.getName()).isNull();
            assertThat(card.getEmail()).isNull();
            assertThat(card.getMutedChannels()).isEmpty();
        }
    }

    @Test
    void the_next_login_finds_the_same_user() {
        var asha = Person.stranger(api);

        var first = asha.logIn();
        var second = asha.logIn();

        assertThat(second.userId()).isEqualTo(first.userId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(api.get("/api/v1/users/me", second.accessToken()).text("phone"))
                .isEqualTo(asha.phone());
    }

    @Test
    void a_wrong_code_costs_an_attempt_and_after_five_even_the_right_one_is_refused() {
        var code = Person.stranger(api).code();

        for (int left = 4; left >= 0; left--) {
            var answer = code.enterWrong();
            assertThat(answer.outcome()).isEqualTo("401 code-incorrect");
            assertThat(answer.body().required("attemptsRemaining").asInt()).isEqualTo(left);
        }

        assertThat(code.enter().outcome()).isEqualTo("401 challenge-expired");
    }

    @Test
    void the_right_code_works_on_the_last_attempt() {
        var code = Person.stranger(api).code();
        for (int wrong = 0; wrong < 4; wrong++) {
            code.enterWrong();
        }

        assertThat(code.enter().status()).isEqualTo(200);
    }

    @Test
    void guesses_at_once_get_no_attempt_more() {
        var code = Person.stranger(api).code();

        var outcomes = Together.times(20, () -> code.enterWrong().outcome());

        assertThat(outcomes).filteredOn("401 code-incorrect"::equals).hasSize(5);
        assertThat(outcomes).filteredOn("401 challenge-expired"::equals).hasSize(15);
    }

    @Test
    void the_right_code_at_once_from_many_works_once_and_makes_one_user() {
        var asha = Person.stranger(api);
        var code = asha.code();

        var outcomes = Together.times(12, () -> code.enter().outcome());

        assertThat(outcomes).filteredOn("200"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("401 challenge-expired"::equals).hasSize(11);
        assertThat(usersWith(asha.phone())).isEqualTo(1);
    }

    /** A phone has one open challenge at a time, so the race is run where it would be decided: in the registration. */
    @Test
    void first_logins_at_once_make_one_user(
            @Autowired Registration registration, @Autowired PlatformTransactionManager transactions) {
        var phone = Person.stranger(api).phone();
        try (var events = EventProbe.fromNow()) {
            var users = Together.times(
                    6,
                    () -> new TransactionTemplate(transactions)
                            .execute(status -> registration.findOrRegister(new Phone(phone))));

            assertThat(users).hasSize(6).doesNotContainNull().containsOnly(users.getFirst());
            assertThat(usersWith(phone)).isEqualTo(1);
            // Topics come in no order with each other, so each is waited for.
            events.await(
                    UserRegistered.class,
                    event -> event.getUserId().equals(users.getFirst().id()));
            // What comes after them in the outbox shows that nothing more was in it.
            var later = Person.stranger(api).logIn().userId();
            events.await(ContactChanged.class, event -> event.getUserId().equals(later));
            events.await(UserRegistered.class, event -> event.getUserId().equals(later));
            assertThat(events.seen(UserRegistered.class))
                    .filteredOn(
                            event -> event.getUserId().equals(users.getFirst().id()))
                    .hasSize(1);
        }
    }

    @Test
    void a_code_is_refused_from_the_moment_it_expires() {
        var code = Person.stranger(api).code();
        jdbc.sql("update login_challenge set requested_at = requested_at - interval '5 minutes', "
                        + "expires_at = expires_at - interval '5 minutes' where id = :id")
                .param("id", code.challengeId())
                .update();

        assertThat(code.enter().outcome()).isEqualTo("401 challenge-expired");
    }

    @Test
    void a_spent_code_and_an_unknown_challenge_look_the_same() {
        var code = Person.stranger(api).code();
        assertThat(code.enter().status()).isEqualTo(200);

        var spent = code.enter();
        var unknown = api.post("/api/v1/auth/token", null, """
                {"challengeId": "%s", "code": "123456"}""".formatted(UUID.randomUUID()));

        assertThat(spent.outcome()).isEqualTo("401 challenge-expired");
        assertThat(withoutTrace(spent)).isEqualTo(withoutTrace(unknown));
    }

    @Test
    void a_code_fits_its_own_challenge_only() {
        var asha = Person.stranger(api).code();
        var vivek = Person.stranger(api).code();

        assertThat(vivek.enter(asha.digits()).status()).isEqualTo(asha.digits().equals(vivek.digits()) ? 200 : 401);
    }

    @Test
    void a_guess_of_the_wrong_shape_costs_nothing() {
        var code = Person.stranger(api).code();

        IntStream.range(0, 6)
                .forEach(i -> assertThat(code.enter("12345").outcome()).isEqualTo("422 validation-failed"));

        assertThat(code.enter().status()).isEqualTo(200);
    }

    @Test
    void an_idempotency_key_keeps_no_token_in_the_database() {
        var code = Person.stranger(api).code();
        var key = UUID.randomUUID().toString();
        var body = """
                {"challengeId": "%s", "code": "%s"}""".formatted(code.challengeId(), code.digits());

        assertThat(api.send("POST", "/api/v1/auth/token", null, body, "Idempotency-Key", key)
                        .status())
                .isEqualTo(200);
        assertThat(api.send("POST", "/api/v1/auth/token", null, body, "Idempotency-Key", key)
                        .outcome())
                .isEqualTo("401 challenge-expired");
        assertThat(jdbc.sql("select count(*) from idempotency_key where key = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void the_log_tells_of_the_login_but_holds_no_phone_code_or_token(CapturedOutput output) {
        var asha = Person.stranger(api);
        var code = asha.code();
        code.enterWrong();
        var session = new Session(code.enter());
        api.send("PATCH", "/api/v1/users/me", session.accessToken(), """
                {"email": "asha@example.com"}""");

        assertThat(output.getAll())
                .contains("User registered", session.userId().toString())
                .doesNotContain(
                        asha.phone(),
                        asha.phone().substring(1),
                        session.accessToken(),
                        session.refreshToken(),
                        "asha@example.com")
                .doesNotContainPattern("\\b" + code.digits() + "\\b");
    }

    private int usersWith(String phone) {
        return jdbc.sql("select count(*) from user_account where phone = :phone")
                .param("phone", phone)
                .query(Integer.class)
                .single();
    }

    private static String withoutTrace(Answer answer) {
        return answer.response().body().replace(answer.text("traceId"), "");
    }
}
