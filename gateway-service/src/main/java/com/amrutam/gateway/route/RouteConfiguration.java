package com.amrutam.gateway.route;

import com.amrutam.kit.security.AccessRules;
import java.net.URI;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.predicate.GatewayRequestPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The routes, and who may take them. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {
    @Bean
    RouterFunction<ServerResponse> serviceRoutes(RouteProperties properties) {
        return properties.routes().stream()
                .map(route -> GatewayRouterFunctions.route(route.service())
                        .route(
                                GatewayRequestPredicates.path(route.paths().toArray(String[]::new)),
                                HandlerFunctions.http())
                        .before(BeforeFilterFunctions.uri(base(properties, route.service())))
                        .build())
                .reduce(RouterFunction::and)
                .orElseThrow();
    }

    /** Public routes are open, all others need a token, and where no route leads there is nothing to protect: 404. */
    @Bean
    AccessRules accessRules(RouteProperties properties) {
        var open = properties.publicRoutes().stream()
                .flatMap(route -> matchers(route).stream())
                .toList();
        var routed = properties.routes().stream()
                .flatMap(route -> route.paths().stream())
                .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
                .toList();
        var nowhere = new NegatedRequestMatcher(new OrRequestMatcher(routed));
        return rules -> rules.requestMatchers(new OrRequestMatcher(open))
                .permitAll()
                .requestMatchers(nowhere)
                .permitAll();
    }

    private static URI base(RouteProperties properties, String service) {
        var base = properties.services().get(service);
        if (base == null || base.getHost() == null) {
            throw new IllegalStateException(
                    "Set amrutam.gateway.services.%s to where the service is, such as http://%s:8080"
                            .formatted(service, service));
        }
        return base;
    }

    private static List<RequestMatcher> matchers(String route) {
        var method = HttpMethod.valueOf(route.substring(0, route.indexOf(' ')));
        var pattern = route.substring(route.indexOf(' ') + 1);
        var methods = method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method);
        return methods.stream()
                .<RequestMatcher>map(each -> PathPatternRequestMatcher.pathPattern(each, pattern))
                .toList();
    }
}
