package com.amrutam.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IdentityTest
class JwksTest {
    private final Api api;

    JwksTest(@LocalServerPort int port) {
        this.api = new Api(port);
    }

    @Test
    void the_current_and_the_next_public_key_are_published_for_caches() {
        var answer = api.get("/.well-known/jwks.json", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("max-age=300").contains("public");
        var keys = answer.body().required("keys");
        assertThat(keys.size()).isEqualTo(2);
        for (var key : keys) {
            assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
            assertThat(key.required("alg").asString()).isEqualTo("RS256");
            assertThat(unsigned(key.required("n").asString()).bitLength()).isEqualTo(2048);
        }
    }

    @Test
    void an_access_token_is_verified_with_nothing_but_the_published_key_and_the_jdk() throws GeneralSecurityException {
        var session = Person.stranger(api).logIn();
        var parts = session.accessToken().split("\\.");
        var header = json(parts[0]);

        assertThat(header.required("alg").asString()).isEqualTo("RS256");
        var key = StreamSupport.stream(
                        api.get("/.well-known/jwks.json", null)
                                .body()
                                .required("keys")
                                .spliterator(),
                        false)
                .filter(candidate -> candidate.required("kid").equals(header.required("kid")))
                .findFirst()
                .orElseThrow();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        unsigned(key.required("n").asString()),
                        unsigned(key.required("e").asString()))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void an_access_token_says_who_may_what_until_when_and_no_more() {
        var session = Person.stranger(api).logIn();

        var claims = json(session.accessToken().split("\\.")[1]);

        assertThat(claims.propertyNames()).containsExactlyInAnyOrder("sub", "roles", "iss", "aud", "jti", "iat", "exp");
        assertThat(claims.required("sub").asString()).isEqualTo(session.userId().toString());
        assertThat(claims.required("roles").toString()).isEqualTo("[\"PATIENT\"]");
        assertThat(claims.required("iss").asString()).isEqualTo("https://api.amrutam.com");
        assertThat(claims.required("aud").asString()).isEqualTo("amrutam-api");
        assertThat(claims.required("exp").asLong() - claims.required("iat").asLong())
                .isEqualTo(900);
    }

    private static JsonNode json(String part) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
    }

    private static BigInteger unsigned(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }
}
