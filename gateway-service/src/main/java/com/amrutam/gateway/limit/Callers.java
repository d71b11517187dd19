package com.amrutam.gateway.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Who sent a request, as far as its token proves it. Spring Security asks the same decoder again a moment later, which
 * has then remembered the token.
 */
final class Callers {
    private final JwtDecoder tokens;
    private final BearerTokenResolver bearer;

    Callers(JwtDecoder tokens, BearerTokenResolver bearer) {
        this.tokens = tokens;
        this.bearer = bearer;
    }

    /**
     * The user of a valid token; empty without one or with one that is not valid, which Spring Security will refuse.
     *
     * @throws org.springframework.security.oauth2.jwt.JwtException when tokens cannot be checked at all right now
     */
    Optional<String> userOf(HttpServletRequest request) {
        try {
            var token = bearer.resolve(request);
            return token == null
                    ? Optional.empty()
                    : Optional.ofNullable(tokens.decode(token).getSubject());
        } catch (BadJwtException | OAuth2AuthenticationException e) {
            return Optional.empty();
        }
    }
}
