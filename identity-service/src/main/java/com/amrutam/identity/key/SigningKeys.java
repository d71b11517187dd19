package com.amrutam.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Signs tokens, and knows the public keys they are verified with. */
@Component
public class SigningKeys implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final KeyStore store;
    private final Clock clock;
    private final Duration reload;
    private volatile @Nullable Keys keys;

    SigningKeys(KeyStore store, KeyProperties properties, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.clock = clock;
        this.reload = properties.keyReload();
        TimeGauge.builder("amrutam.identity.signing.key.age", () -> age().toSeconds(), TimeUnit.SECONDS)
                .description("Since when the key that signs now exists")
                .register(metrics);
    }

    /** Before the first request is let in, there are keys. */
    @Override
    public void afterSingletonsInstantiated() {
        store.createMissing();
        keys = load();
    }

    /** The claims as a signed token (RS256). */
    public String sign(JWTClaimsSet claims) {
        var now = keys();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(now.kid())
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(now.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("A token could not be signed with key " + now.kid(), e);
        }
        return token.serialize();
    }

    /** The public keys, the one in use first. */
    JWKSet published() {
        return keys().published();
    }

    /** Looks at the database now, after a change made here. */
    void reload() {
        keys = load();
    }

    private Keys keys() {
        var known = Objects.requireNonNull(keys, "keys are loaded at start");
        if (clock.instant().isBefore(known.loadedAt().plus(reload))) {
            return known;
        }
        try {
            var fresh = load();
            keys = fresh;
            return fresh;
        } catch (DataAccessException | TransactionException e) {
            // Tokens can still be verified and, where no code is needed, made; the next caller tries again.
            log.atWarn().setCause(e).log("Signing keys could not be read again; going on with those known");
            return known;
        }
    }

    private Keys load() {
        return Keys.of(store.load(), clock.instant());
    }

    private Duration age() {
        var known = keys;
        return known == null ? Duration.ZERO : Duration.between(known.createdAt(), clock.instant());
    }

    private record Keys(String kid, Instant createdAt, JWSSigner signer, JWKSet published, Instant loadedAt) {
        static Keys of(List<KeyStore.StoredKey> stored, Instant now) {
            if (stored.size() < 2
                    || stored.get(0).standing() != KeyStanding.CURRENT
                    || stored.get(1).standing() != KeyStanding.NEXT) {
                throw new IllegalStateException("The database lacks a current or a next signing key");
            }
            var current = stored.getFirst().key();
            try {
                return new Keys(
                        current.getKeyID(),
                        stored.getFirst().createdAt(),
                        new RSASSASigner(current),
                        new JWKSet(stored.stream()
                                .<JWK>map(one -> one.key().toPublicJWK())
                                .toList()),
                        now);
            } catch (JOSEException e) {
                throw new IllegalStateException("Key " + current.getKeyID() + " cannot sign", e);
            }
        }
    }
}
