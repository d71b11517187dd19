package com.amrutam.kit.security;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Bearer tokens on every route that a service's {@link AccessRules} do not open. */
@AutoConfiguration(before = {ServletWebSecurityAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class})
@EnableConfigurationProperties(SecurityProperties.class)
class KitSecurityAutoConfiguration implements WebMvcConfigurer {
    /** How far the clocks of two machines may be apart. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
    }

    @Bean
    IssuerKeys issuerKeys(SecurityProperties properties) {
        return new IssuerKeys(properties);
    }

    @Bean
    JwtDecoder jwtDecoder(IssuerKeys keys, SecurityProperties properties, Clock clock) {
        var verifier = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        var timestamps = new JwtTimestampValidator(CLOCK_SKEW);
        timestamps.setClock(clock);
        verifier.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                timestamps,
                required("exp", jwt -> jwt.getExpiresAt() != null),
                required(JwtClaimNames.ISS, jwt -> properties.issuer().equals(jwt.getClaimAsString(JwtClaimNames.ISS))),
                required(
                        JwtClaimNames.AUD,
                        jwt -> jwt.getAudience() != null && jwt.getAudience().contains(properties.audience())),
                required(JwtClaimNames.SUB, jwt -> isUuid(jwt.getSubject()))));
        return new RememberingJwtDecoder(verifier, properties.rememberedTokens(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    BearerTokenResolver bearerTokenResolver() {
        return new BearerTokens();
    }

    /** As strict as ever; of what is plain ASCII it is known without a regular expression, at each look at a header. */
    @Bean
    @ConditionalOnMissingBean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> isPlain(name) || StrictHttpFirewall.ALLOWED_HEADER_NAMES.test(name));
        firewall.setAllowedHeaderValues(
                value -> isPlain(value) || StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
        return firewall;
    }

    private static boolean isPlain(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < ' ' || text.charAt(index) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A request is observed once, by Spring MVC; its way through the security filters would cost as much as the request. */
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    UncheckableTokens uncheckableTokens(Problems problems) {
        return new UncheckableTokens(problems);
    }

    @Bean
    SecurityFilterChain accessControl(
            HttpSecurity http, AccessRules rules, UncheckableTokens uncheckable, Problems problems) {
        AuthenticationEntryPoint unauthenticated = (request, response, e) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(
                    request,
                    response,
                    new ProblemException(
                            CommonProblem.UNAUTHENTICATED,
                            request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                    ? "Send an access token: Authorization: Bearer …"
                                    : "The access token is not valid, or no longer"));
        };
        AccessDeniedHandler forbidden = (request, response, e) -> problems.write(
                request, response, new ProblemException(CommonProblem.FORBIDDEN, CommonProblem.FORBIDDEN.title()));

        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(routes -> {
                    routes.requestMatchers("/actuator/**", "/error", "/openapi").permitAll();
                    rules.apply(routes);
                    routes.anyRequest().authenticated();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(roles()))
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden)
                        .withObjectPostProcessor(tellingUncheckable(unauthenticated, uncheckable)))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .build();
    }

    /** A token that cannot be checked is neither good nor bad: Spring Security would have us answer 500. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> tellingUncheckable(
            AuthenticationEntryPoint unauthenticated, UncheckableTokens uncheckable) {
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends BearerTokenAuthenticationFilter> T postProcess(T filter) {
                filter.setAuthenticationFailureHandler((request, response, e) -> {
                    if (e instanceof AuthenticationServiceException) {
                        uncheckable.refuse(request, response, e.getCause());
                    } else {
                        unauthenticated.commence(request, response, e);
                    }
                });
                return filter;
            }
        };
    }

    private static JwtAuthenticationConverter roles() {
        var authorities = new JwtGrantedAuthoritiesConverter();
        authorities.setAuthoritiesClaimName("roles");
        authorities.setAuthorityPrefix("ROLE_");
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(authorities);
        return converter;
    }

    private static OAuth2TokenValidator<Jwt> required(String claim, java.util.function.Predicate<Jwt> holds) {
        var refused = OAuth2TokenValidatorResult.failure(
                new OAuth2Error("invalid_token", "The claim " + claim + " is missing or wrong", null));
        return jwt -> holds.test(jwt) ? OAuth2TokenValidatorResult.success() : refused;
    }

    private static boolean isUuid(@org.jspecify.annotations.Nullable String subject) {
        try {
            return subject != null && UUID.fromString(subject).toString().equals(subject);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
