package com.amrutam.identity;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import com.amrutam.kit.security.AccessRules;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Which routes need no token and which need a role. */
@Configuration(proxyBeanMethods = false)
class IdentityAccess {
    private static final Set<String> OPEN =
            Set.of("/api/v1/auth/otp", "/api/v1/auth/token", "/api/v1/auth/refresh", "/.well-known/jwks.json");

    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers(OPEN.toArray(String[]::new))
                .permitAll()
                .requestMatchers("/api/v1/admin/**")
                .hasRole("ADMIN");
    }

    /**
     * Open routes do not look at tokens: who refreshes often sends along, out of habit, the access token that has just
     * expired, and would be turned away for it.
     */
    @Bean
    BearerTokenResolver bearerTokens() {
        var standard = new DefaultBearerTokenResolver();
        return request -> OPEN.contains(request.getRequestURI()) ? null : standard.resolve(request);
    }

    /** Paths with tricks in them ({@code //}, {@code %2e}, {@code ;}) end in a problem document like all other errors. */
    @Bean
    RequestRejectedHandler trickyPaths(Problems problems) {
        return (request, response, rejected) -> problems.write(
                request,
                response,
                new ProblemException(CommonProblem.MALFORMED_REQUEST, "The path or a header is not acceptable"));
    }
}
