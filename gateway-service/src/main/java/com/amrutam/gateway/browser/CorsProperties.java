package com.amrutam.gateway.browser;

import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which web pages may call the API from a browser. Tokens travel in a header and never in cookies, so no page can act for
 * a person by merely being open.
 *
 * @param allowedOrigins such as {@code https://app.amrutam.com}, or {@code https://*.amrutam.com} for all below. None by
 *     default
 * @param maxAge how long a browser may remember what it was told
 */
@Validated
@ConfigurationProperties("amrutam.gateway.cors")
record CorsProperties(
        @DefaultValue List<@Pattern(regexp = "https?://[^/*]+|https?://\\*\\.[^/*]+") String> allowedOrigins,
        @DefaultValue("1h") Duration maxAge) {}
