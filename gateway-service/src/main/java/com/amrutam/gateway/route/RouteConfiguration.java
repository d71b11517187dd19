package com.amrutam.gateway.route;

import com.amrutam.gateway.upstream.Services;
import com.amrutam.kit.security.AccessRules;
import java.net.URI;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.predicate.GatewayRequestPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The routes, and who may take them. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {
    /** A route's host is the service's name; which instance that means is decided when the request is passed on. */
    @Bean
    RouterFunction<ServerResponse> serviceRoutes(RouteProperties properties, Services services) {
        return properties.routes().stream()
                .map(route -> {
                    services.require(route.service());
                    return GatewayRouterFunctions.route(route.service())
                            .route(
                                    GatewayRequestPredicates.path(route.paths().toArray(String[]::new)),
                                    HandlerFunctions.http())
                            .before(BeforeFilterFunctions.uri(URI.create("http://" + route.service())))
                            .build();
                })
                .reduce(RouterFunction::and)
                .orElseThrow();
    }

    /** Public routes are open, all others need a token, and where no route leads there is nothing to protect: 404. */
    @Bean
    AccessRules accessRules(Routes routes) {
        var nowhere = new NegatedRequestMatcher(new OrRequestMatcher(routes.routedMatchers()));
        return rules -> rules.requestMatchers(new OrRequestMatcher(routes.publicMatchers()))
                .permitAll()
                .requestMatchers(nowhere)
                .permitAll();
    }
}
