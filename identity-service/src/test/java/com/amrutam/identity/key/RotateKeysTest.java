package com.amrutam.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IdentityTest
class RotateKeysTest {
    private static final String ROTATE = "/api/v1/admin/signing-keys/rotate";

    private final Api api;
    private final JdbcClient jdbc;

    RotateKeysTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void a_key_signs_only_after_it_was_published_and_the_old_one_verifies_until_its_last_token_ends() {
        var admin = Person.seededAdmin(api);
        var asha = Person.stranger(api).logIn();
        var before = kids();

        var tooSoon = api.post(ROTATE, admin.accessToken(), "{}");
        assertThat(tooSoon.outcome()).isEqualTo("409 next-key-too-new");
        assertThat(kids()).isEqualTo(before);

        jdbc.sql("update signing_key set created_at = created_at - interval '1 hour'")
                .update();
        var rotated = api.post(ROTATE, admin.accessToken(), "{}");

        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        var after = kids();
        assertThat(after).hasSize(3);
        assertThat(after.getFirst()).as("what was next signs").isEqualTo(before.get(1));
        assertThat(after.getLast()).as("what signed still verifies").isEqualTo(before.getFirst());
        assertThat(kidOf(Person.stranger(api).logIn().accessToken())).isEqualTo(before.get(1));
        assertThat(api.get("/api/v1/users/me", asha.accessToken()).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/admin/audit", admin.accessToken())
                        .body()
                        .at("/items/0/action")
                        .asString())
                .isEqualTo("SIGNING_KEY_ROTATED");

        jdbc.sql("update signing_key set forgotten_at = now() where standing = 'RETIRED'")
                .update();
        var views = api.get("/api/v1/admin/signing-keys", admin.accessToken())
                .body()
                .required("keys");
        assertThat(views.size())
                .as("past the end of its last token it is published no more")
                .isEqualTo(2);
    }

    @Test
    void only_administrators_rotate() {
        var asha = Person.stranger(api).logIn();

        assertThat(api.post(ROTATE, asha.accessToken(), "{}").outcome()).isEqualTo("403 forbidden");
        assertThat(api.post(ROTATE, null, "{}").outcome()).isEqualTo("401 unauthenticated");
    }

    private List<String> kids() {
        return StreamSupport.stream(
                        api.get("/.well-known/jwks.json", null)
                                .body()
                                .required("keys")
                                .spliterator(),
                        false)
                .map(key -> key.required("kid").asString())
                .toList();
    }

    private static String kidOf(String token) {
        JsonNode header = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]));
        return header.required("kid").asString();
    }
}
