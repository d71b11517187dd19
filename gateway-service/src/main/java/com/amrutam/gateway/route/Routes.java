package com.amrutam.gateway.route;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which paths lead somewhere, and which of them are open to everybody. */
@Component
public class Routes {
    private final RouteProperties properties;
    private final List<PathPattern> routed;
    private final List<PublicRoute> open;

    Routes(RouteProperties properties) {
        this.properties = properties;
        this.routed = properties.routes().stream()
                .flatMap(route -> route.paths().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        this.open = properties.publicRoutes().stream().map(PublicRoute::new).toList();
    }

    /** The names of all services that a route leads to. */
    public Collection<String> services() {
        return properties.routes().stream()
                .map(RouteProperties.Route::service)
                .distinct()
                .toList();
    }

    /** @param path a path, or its template such as {@code /api/v1/doctors/{id}} */
    public boolean isRouted(String path) {
        return routed.stream().anyMatch(pattern -> pattern.matches(PathContainer.parsePath(path)));
    }

    /**
     * Whether no token is needed.
     *
     * @param method an HTTP method, in any case
     * @param path a path, or its template
     */
    public boolean isPublic(String method, String path) {
        var wanted = HttpMethod.valueOf(method.toUpperCase(Locale.ROOT));
        return open.stream().anyMatch(route -> route.matches(wanted, path));
    }

    List<RequestMatcher> publicMatchers() {
        return open.stream().flatMap(PublicRoute::matchers).toList();
    }

    List<RequestMatcher> routedMatchers() {
        return properties.routes().stream()
                .flatMap(route -> route.paths().stream())
                .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
                .toList();
    }

    private static final class PublicRoute {
        private final HttpMethod method;
        private final String pattern;

        PublicRoute(String route) {
            int space = route.indexOf(' ');
            this.method = HttpMethod.valueOf(route.substring(0, space));
            this.pattern = route.substring(space + 1);
        }

        boolean matches(HttpMethod wanted, String path) {
            return method.equals(wanted)
                    && PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
        }

        /** Who may GET may also ask for the headers alone. */
        Stream<RequestMatcher> matchers() {
            var methods = method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method);
            return methods.stream().map(each -> PathPatternRequestMatcher.pathPattern(each, pattern));
        }
    }
}
