package com.amrutam.identity.key;

import com.amrutam.kit.data.Timestamps;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /** The keys to sign with and to publish: the current one first, with its private half, the others public. */
    List<StoredKey> load() {
        return jdbc.sql("""
                        select kid, standing, public_jwk, private_jwk, created_at from signing_key
                        where forgotten_at is null or forgotten_at > :now
                        order by array_position(array['CURRENT', 'NEXT', 'RETIRED'], standing), created_at desc""")
                .param("now", Timestamps.toSql(clock.instant()))
                .query((row, n) -> {
                    var kid = row.getString("kid");
                    var standing = KeyStanding.valueOf(row.getString("standing"));
                    var jwk = switch (standing) {
                        case CURRENT -> cipher.decrypt(kid, row.getBytes("private_jwk"));
                        case NEXT, RETIRED -> row.getString("public_jwk");
                    };
                    return new StoredKey(standing, parse(jwk), Timestamps.instant(row, "created_at"));
                })
                .list();
    }

    /** One rotation at a time, until the transaction ends. */
    void takeTurns() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))")
                .query(row -> {});
    }

    /** The next key signs from now on, a new one is published, and the old one stays published until it is forgotten. */
    void rotate(Instant forgetOldAt) {
        jdbc.sql("update signing_key set standing = 'RETIRED', forgotten_at = :at where standing = 'CURRENT'")
                .param("at", Timestamps.toSql(forgetOldAt))
                .update();
        jdbc.sql("update signing_key set standing = 'CURRENT' where standing = 'NEXT'")
                .update();
        create(KeyStanding.NEXT);
    }

    int dropForgotten() {
        return jdbc.sql("delete from signing_key where forgotten_at <= :now")
                .param("now", Timestamps.toSql(clock.instant()))
                .update();
    }

    /** A key as it is kept. */
    record StoredKey(KeyStanding standing, RSAKey key, Instant createdAt) {}

    /** Makes the keys that are missing. The lock lets one instance do so; the others wait and find them made. */
    @Transactional
    public void createMissing() {
        takeTurns();
        var existing = load().stream().map(StoredKey::standing).toList();
        for (var standing : List.of(KeyStanding.CURRENT, KeyStanding.NEXT)) {
            if (!existing.contains(standing)) {
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
