package com.amrutam.identity.token;

import com.amrutam.identity.key.SigningKeys;
import com.amrutam.identity.user.Role;
import com.amrutam.identity.user.User;
import com.amrutam.kit.security.SecurityProperties;
import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.springframework.stereotype.Component;

/** Issues access tokens: who somebody is and what they may be, believed by every service until it expires. */
@Component
class AccessTokens {
    private final SigningKeys keys;
    private final SecurityProperties security;
    private final Duration lifetime;
    private final Clock clock;

    AccessTokens(SigningKeys keys, SecurityProperties security, TokenProperties properties, Clock clock) {
        this.keys = keys;
        this.security = security;
        this.lifetime = properties.accessLifetime();
        this.clock = clock;
    }

    /** A pair of an access token for what the user is now, and this refresh token. */
    TokenPair pair(User user, RefreshToken refreshToken) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(user.id().toString())
                .claim("roles", user.roles().stream().map(Role::name).toList())
                .issuer(security.issuer())
                .audience(security.audience())
                .jwtID(UuidCreator.getTimeOrderedEpoch().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        return new TokenPair(keys.sign(claims), lifetime, refreshToken, user);
    }
}
