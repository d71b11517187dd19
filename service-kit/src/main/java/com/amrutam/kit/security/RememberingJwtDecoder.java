package com.amrutam.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Checks a token's signature once and remembers the verified token until it expires. The key is the whole token text,
 * so a token with one character changed is another token. Refusals are never remembered.
 */
final class RememberingJwtDecoder implements JwtDecoder {
    private final JwtDecoder verifier;
    private final Cache<String, Jwt> verified;

    RememberingJwtDecoder(JwtDecoder verifier, int size, Clock clock) {
        this.verifier = verifier;
        this.verified = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfter(Expiry.creating((String token, Jwt jwt) -> Duration.between(clock.instant(), expiry(jwt))))
                .build();
    }

    @Override
    public Jwt decode(String token) {
        var known = verified.getIfPresent(token);
        if (known != null) {
            return known;
        }
        var jwt = verifier.decode(token);
        verified.put(token, jwt);
        return jwt;
    }

    private static Instant expiry(Jwt jwt) {
        // The verifier refuses tokens without an expiry.
        return Objects.requireNonNull(jwt.getExpiresAt());
    }
}
