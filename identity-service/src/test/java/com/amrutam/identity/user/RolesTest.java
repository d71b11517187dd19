package com.amrutam.identity.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.identity.Api;
import com.amrutam.identity.Api.Answer;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import com.amrutam.identity.Person.Session;
import com.amrutam.identity.Together;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IdentityTest
class RolesTest {
    private final Api api;
    private final Session admin;

    RolesTest(@LocalServerPort int port) {
        this.api = new Api(port);
        this.admin = Person.seededAdmin(api);
    }

    @Test
    void the_seeded_administrator_is_one_and_the_other_services_know_them(@Autowired JdbcClient jdbc) {
        assertThat(api.get("/api/v1/admin/audit", admin.accessToken()).status()).isEqualTo(200);

        assertThat(jdbc.sql("select topic from outbox_event where key = :id order by topic")
                        .param("id", admin.userId().toString())
                        .query(String.class)
                        .list())
                .contains("identity.contact-changed.v1", "identity.user-registered.v1");
    }

    @Test
    void seeding_again_and_at_once_changes_nothing(@Autowired SeedAdmin seedAdmin, @Autowired JdbcClient jdbc) {
        Together.times(4, () -> {
            seedAdmin.run(new DefaultApplicationArguments());
            return true;
        });

        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'ADMIN_SEEDED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_administrator_makes_a_user_a_doctor_on_record() {
        var user = Person.stranger(api).logIn();

        var answer = assign(user.userId(), """
                {"roles": ["DOCTOR", "PATIENT", "DOCTOR"]}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body())
                .isEqualTo("{\"id\":\"%s\",\"roles\":[\"PATIENT\",\"DOCTOR\"]}".formatted(user.userId()));
        var entry = newestAbout(user.userId());
        assertThat(entry.required("action").asString()).isEqualTo("ROLES_CHANGED");
        assertThat(entry.required("actorId").asString())
                .isEqualTo(admin.userId().toString());
        assertThat(entry.required("details").toString())
                .isEqualTo("{\"after\":[\"PATIENT\",\"DOCTOR\"],\"before\":[\"PATIENT\"]}");
    }

    @Test
    void giving_the_roles_a_user_has_leaves_no_record() {
        var user = Person.stranger(api).logIn();

        assertThat(assign(user.userId(), "{\"roles\": [\"PATIENT\"]}").status()).isEqualTo(200);

        var entries = api.get("/api/v1/admin/audit?limit=100", admin.accessToken())
                .body()
                .required("items");
        for (var entry : entries) {
            assertThat(entry.required("subjectId").asString())
                    .isNotEqualTo(user.userId().toString());
        }
    }

    @Test
    void a_user_that_does_not_exist_gets_no_roles() {
        assertThat(assign(UUID.randomUUID(), "{\"roles\": [\"DOCTOR\"]}").outcome())
                .isEqualTo("404 not-found");
    }

    @Test
    void roles_there_are_not_are_refused_by_their_place() {
        var answer = assign(admin.userId(), """
                {"roles": ["ADMIN", "KING", null, "admin"]}""");

        assertThat(answer.outcome()).isEqualTo("422 validation-failed");
        var fields = new ArrayList<String>();
        answer.body()
                .required("errors")
                .forEach(error -> fields.add(error.required("field").asString()));
        assertThat(fields).containsExactly("roles[1]", "roles[2]", "roles[3]");
    }

    @Test
    void nobody_is_left_without_a_role() {
        assertThat(assign(admin.userId(), "{\"roles\": []}").outcome()).isEqualTo("422 validation-failed");
        assertThat(assign(admin.userId(), "{}").outcome()).isEqualTo("422 validation-failed");
    }

    @Test
    void patients_and_doctors_assign_nothing_and_read_no_audit() {
        var doctors = Person.stranger(api);
        assign(doctors.logIn().userId(), "{\"roles\": [\"DOCTOR\"]}");
        var doctor = doctors.logIn();

        var own = api.send("PUT", "/api/v1/admin/users/" + doctor.userId() + "/roles", doctor.accessToken(), """
                {"roles": ["ADMIN"]}""");

        assertThat(own.outcome()).isEqualTo("403 forbidden");
        assertThat(api.get("/api/v1/admin/audit", doctor.accessToken()).outcome())
                .isEqualTo("403 forbidden");
        assertThat(Person.stranger(api).logIn())
                .satisfies(patient -> assertThat(api.get("/api/v1/admin/audit", patient.accessToken())
                                .outcome())
                        .isEqualTo("403 forbidden"));
    }

    @Test
    void the_audit_trail_is_read_page_by_page_newest_first() {
        for (int i = 0; i < 5; i++) {
            assign(Person.stranger(api).logIn().userId(), "{\"roles\": [\"DOCTOR\"]}");
        }

        var ids = new ArrayList<String>();
        var times = new ArrayList<String>();
        String next = "";
        do {
            var page = api.get("/api/v1/admin/audit?limit=2" + next, admin.accessToken())
                    .body();
            page.required("items").forEach(entry -> {
                ids.add(entry.required("id").asString());
                times.add(entry.required("at").asString());
            });
            var cursor = page.required("nextCursor");
            next = cursor.isNull() ? "" : "&cursor=" + cursor.asString();
        } while (!next.isEmpty());

        var whole =
                api.get("/api/v1/admin/audit?limit=100", admin.accessToken()).body();
        assertThat(ids).hasSizeGreaterThan(5).doesNotHaveDuplicates().hasSameSizeAs(whole.required("items"));
        assertThat(times.stream().map(java.time.Instant::parse).toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        // "x", and two parts that are no instant and no id.
        assertThat(api.get("/api/v1/admin/audit?cursor=eA", admin.accessToken()).outcome())
                .isEqualTo("400 invalid-cursor");
        assertThat(api.get("/api/v1/admin/audit?cursor=eB94", admin.accessToken())
                        .outcome())
                .isEqualTo("400 invalid-cursor");
    }

    @Test
    void the_record_can_be_neither_changed_nor_removed(@Autowired JdbcClient jdbc) {
        assertThatThrownBy(() -> jdbc.sql("update audit_entry set action = 'X'").update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("delete from audit_entry").update()).hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("truncate audit_entry").update()).hasMessageContaining("append-only");
    }

    private Answer assign(UUID user, String body) {
        return api.send("PUT", "/api/v1/admin/users/" + user + "/roles", admin.accessToken(), body);
    }

    private JsonNode newestAbout(UUID user) {
        for (var entry :
                api.get("/api/v1/admin/audit", admin.accessToken()).body().required("items")) {
            if (entry.required("subjectId").asString().equals(user.toString())) {
                return entry;
            }
        }
        throw new AssertionError("Nothing on record about " + user);
    }
}
