package com.amrutam.identity.token;

import com.amrutam.identity.key.TokenLifetime;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long tokens live.
 *
 * @param accessLifetime of an access token; it cannot be revoked, so this is how long a lost role lingers
 * @param refreshLifetime of a refresh token: who stays away longer logs in again
 */
@ConfigurationProperties("amrutam.identity.tokens")
record TokenProperties(
        @DefaultValue("15m") Duration accessLifetime,
        @DefaultValue("30d") Duration refreshLifetime) implements TokenLifetime {
    /** Access tokens are all that is signed. */
    @Override
    public Duration longest() {
        return accessLifetime;
    }
}
