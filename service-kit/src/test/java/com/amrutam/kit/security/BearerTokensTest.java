package com.amrutam.kit.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** With Spring Security's own resolver as the oracle. */
class BearerTokensTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer a",
                "bearer a",
                "BEARER eyJh.eyJz-_.~+/x==",
                "Bearer =",
                "Bearer a=b",
                "Bearer a==",
                "Bearer  a",
                "Bearer a b",
                "Bearer a,",
                "Bearer\ta",
                "Bearer ä",
                "Bearera",
                "Bear",
                "Basic YTpi",
                " Bearer a",
            })
    void a_header_means_what_it_means_to_spring_security(@Nullable String header) {
        assertThat(outcome(new BearerTokens(), header)).isEqualTo(outcome(new DefaultBearerTokenResolver(), header));
    }

    private static String outcome(BearerTokenResolver resolver, @Nullable String header) {
        var request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        try {
            return "token " + resolver.resolve(request);
        } catch (OAuth2AuthenticationException e) {
            return "refused: " + e.getError();
        }
    }
}
