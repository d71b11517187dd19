package com.amrutam.identity.key;

import com.amrutam.kit.data.Timestamps;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The signing keys in the database, which all instances share. */
@Repository
class KeyStore {
    private static final Logger log = LoggerFactory.getLogger(KeyStore.class);
    private static final int RSA_BITS = 2048;

    private final JdbcClient jdbc;
    private final KeyCipher cipher;
    private final Clock clock;

    KeyStore(JdbcClient jdbc, KeyCipher cipher, Clock clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** The keys there are: the current one with its private half, the next one public. */
    Map<KeyStanding, RSAKey> load() {
        var keys = new EnumMap<KeyStanding, RSAKey>(KeyStanding.class);
        jdbc.sql("select kid, standing, public_jwk, private_jwk from signing_key")
                .query(row -> {
                    var kid = row.getString("kid");
                    var standing = KeyStanding.valueOf(row.getString("standing"));
                    var jwk = switch (standing) {
                        case CURRENT -> cipher.decrypt(kid, row.getBytes("private_jwk"));
                        case NEXT -> row.getString("public_jwk");
                    };
                    keys.put(standing, parse(jwk));
                });
        return keys;
    }

    /** Makes the keys that are missing. The lock lets one instance do so; the others wait and find them made. */
    @Transactional
    public void createMissing() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))")
                .query(row -> {});
        var existing = load();
        for (var standing : KeyStanding.values()) {
            if (!existing.containsKey(standing)) {
                create(standing);
            }
        }
    }

    private void create(KeyStanding standing) {
        var key = generate();
        jdbc.sql("""
                        insert into signing_key (kid, standing, public_jwk, private_jwk, created_at)
                        values (:kid, :standing, :publicJwk, :privateJwk, :now)""")
                .param("kid", key.getKeyID())
                .param("standing", standing.name())
                .param("publicJwk", key.toPublicJWK().toJSONString())
                .param("privateJwk", cipher.encrypt(key.getKeyID(), key.toJSONString()))
                .param("now", Timestamps.toSql(clock.instant()))
                .update();
        log.atInfo()
                .addKeyValue("kid", key.getKeyID())
                .addKeyValue("standing", standing)
                .log("Signing key created");
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(RSA_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("An RSA key could not be made", e);
        }
    }

    private static RSAKey parse(String jwk) {
        try {
            return RSAKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("A signing key in the database is no JWK", e);
        }
    }
}
