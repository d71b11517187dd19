package com.amrutam.gateway.route;

import com.amrutam.gateway.upstream.UpstreamExchange;
import com.amrutam.kit.security.AccessRules;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
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
    @Bean
    RouterFunction<ServerResponse> serviceRoutes(RouteProperties properties, UpstreamExchange exchange) {
        return properties.routes().stream()
                .map(route -> GatewayRouterFunctions.route(route.service())
                        .route(
                                GatewayRequestPredicates.path(route.paths().toArray(String[]::new)),
                                exchange.with(route.service()))
                        .build())
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
