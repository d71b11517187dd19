package com.amrutam.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Api;
import com.amrutam.identity.Api.Answer;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.identity.Person.Session;
import com.amrutam.identity.Together;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IdentityTest
class RefreshSessionTest {
    private final Api api;
    private final JdbcClient jdbc;

    RefreshSessionTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void a_refresh_token_buys_a_new_pair() {
        var first = Person.stranger(api).logIn();

        var second = new Session(refresh(first));

        assertThat(second.userId()).isEqualTo(first.userId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(api.get("/api/v1/users/me", second.accessToken()).status()).isEqualTo(200);
        assertThat(refresh(second).status()).isEqualTo(200);
    }

    @Test
    void a_token_used_twice_ends_the_session_for_thief_and_owner() {
        var asha = Person.stranger(api);
        var stolen = asha.logIn();
        var owners = new Session(refresh(stolen));
        var elsewhere = asha.logIn();

        assertThat(refresh(stolen).outcome()).isEqualTo("401 refresh-token-reused");

        assertThat(refresh(owners).outcome()).isEqualTo("401 refresh-token-reused");
        assertThat(refresh(stolen).outcome()).isEqualTo("401 refresh-token-reused");
        assertThat(refresh(elsewhere).status())
                .as("the session on another device lives")
                .isEqualTo(200);
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'REFRESH_TOKEN_REUSED' and subject_id = :id")
                        .param("id", stolen.userId())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @RepeatedTest(5)
    void of_many_who_come_with_one_token_at_once_one_wins_and_the_session_ends() {
        var session = Person.stranger(api).logIn();

        var answers = Together.times(10, () -> refresh(session));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.outcome().equals("401 refresh-token-reused"))
                .hasSize(9);
        var winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(Session::new)
                .findFirst()
                .orElseThrow();
        assertThat(refresh(winner).outcome()).isEqualTo("401 refresh-token-reused");
    }

    @Test
    void roles_are_those_of_now() {
        var session = Person.stranger(api).logIn();
        var admin = Person.seededAdmin(api);
        var assigned = api.send("PUT", "/api/v1/admin/users/" + session.userId() + "/roles", admin.accessToken(), """
                {"roles": ["DOCTOR"]}""");
        assertThat(assigned.status()).isEqualTo(200);

        var answer = refresh(session);

        assertThat(answer.body().required("user").required("roles").toString()).isEqualTo("[\"DOCTOR\"]");
        var claims = new String(
                Base64.getUrlDecoder().decode(answer.text("accessToken").split("\\.")[1]),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(claims).contains("\"roles\":[\"DOCTOR\"]");
    }

    @Test
    void an_expired_token_is_invalid() {
        var session = Person.stranger(api).logIn();
        jdbc.sql("""
                        update refresh_token set issued_at = issued_at - interval '30 days',
                            expires_at = expires_at - interval '30 days'
                        where family_id in (select id from refresh_family where user_id = :id)""").param("id", session.userId()).update();

        assertThat(refresh(session).outcome()).isEqualTo("401 refresh-token-invalid");
    }

    @Test
    void an_access_token_that_has_expired_does_not_stand_in_the_way() {
        var session = Person.stranger(api).logIn();

        var answer = api.post("/api/v1/auth/refresh", "expired.or.whatever", """
                {"refreshToken": "%s"}""".formatted(session.refreshToken()));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void an_invented_token_is_invalid() {
        assertThat(refresh("made-up").outcome()).isEqualTo("401 refresh-token-invalid");
    }

    @Test
    void tokens_are_kept_as_digests_only() {
        var session = Person.stranger(api).logIn();

        assertThat(jdbc.sql("""
                        select t::text || encode(t.digest, 'escape') from refresh_token t join refresh_family f on f.id = t.family_id
                        where f.user_id = :id""")
                        .param("id", session.userId())
                        .query(String.class)
                        .list())
                .hasSize(1)
                .noneMatch(row -> row.contains(session.refreshToken()));
    }

    @Test
    void sessions_are_forgotten_after_their_last_token_has_expired(@Autowired DropExpiredSessions dropExpired) {
        var expired = Person.stranger(api).logIn();
        var living = Person.stranger(api).logIn();
        jdbc.sql("update refresh_family set expires_at = expires_at - interval '31 days' where user_id = :id")
                .param("id", expired.userId())
                .update();

        dropExpired.drop();

        assertThat(refresh(expired).outcome()).isEqualTo("401 refresh-token-invalid");
        assertThat(refresh(living).status()).isEqualTo(200);
    }

    @Test
    void logging_out_ends_the_session() {
        var session = Person.stranger(api).logIn();

        assertThat(logOut(session.accessToken(), session.refreshToken()).status())
                .isEqualTo(204);

        assertThat(refresh(session).outcome()).isEqualTo("401 refresh-token-invalid");
    }

    @Test
    void logging_out_with_an_older_token_of_the_session_ends_it_too() {
        var older = Person.stranger(api).logIn();
        var newer = new Session(refresh(older));

        assertThat(logOut(newer.accessToken(), older.refreshToken()).status()).isEqualTo(204);

        assertThat(refresh(newer).outcome()).isEqualTo("401 refresh-token-invalid");
    }

    @Test
    void nobody_logs_somebody_else_out() {
        var asha = Person.stranger(api).logIn();
        var vivek = Person.stranger(api).logIn();

        assertThat(logOut(vivek.accessToken(), asha.refreshToken()).status()).isEqualTo(204);

        assertThat(refresh(asha).status()).isEqualTo(200);
    }

    private Answer refresh(Session session) {
        return refresh(session.refreshToken());
    }

    private Answer refresh(String refreshToken) {
        return api.post("/api/v1/auth/refresh", null, """
                {"refreshToken": "%s"}""".formatted(refreshToken));
    }

    private Answer logOut(String accessToken, String refreshToken) {
        return api.post("/api/v1/auth/logout", accessToken, """
                {"refreshToken": "%s"}""".formatted(refreshToken));
    }
}
