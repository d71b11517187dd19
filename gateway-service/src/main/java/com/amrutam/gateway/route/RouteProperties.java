package com.amrutam.gateway.route;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What is reachable through the gateway.
 *
 * @param routes which service answers which paths; what no route covers is not there
 * @param publicRoutes what may be called without a token, as {@code METHOD /path/pattern}; {@code GET} stands for
 *     {@code HEAD} too
 */
@Validated
@ConfigurationProperties("amrutam.gateway")
record RouteProperties(
        @Valid @NotEmpty List<Route> routes, @NotEmpty List<@Pattern(regexp = "[A-Z]+ /\\S*") String> publicRoutes) {

    /**
     * @param service a key of {@code amrutam.gateway.services}
     * @param paths path patterns, such as {@code /api/v1/doctors/**}
     */
    record Route(@NotBlank String service, @NotEmpty List<@Pattern(regexp = "/\\S*") String> paths) {}
}
