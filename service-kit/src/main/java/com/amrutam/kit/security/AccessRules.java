package com.amrutam.kit.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * What a service lets whom do, all in one bean: public routes and the roles others need. A route without a rule needs a
 * valid token. Who owns a resource is decided where the data is, not here.
 */
@FunctionalInterface
public interface AccessRules {
    /** Adds this service's rules, first match first. */
    void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry routes);
}
