package com.amrutam.gateway.upstream;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How services are called.
 *
 * @param connectTimeout how long a connection may take to come about before the client is answered 503
 * @param responseTimeout how long a service may be silent before the client is answered 504; a stream must say something
 *     this often
 * @param connections most connections to one service at once; a request that gets none within {@code connectTimeout} is
 *     answered 503
 */
@Validated
@ConfigurationProperties("amrutam.gateway.upstream")
record UpstreamProperties(
        @NotNull @DefaultValue("1s") Duration connectTimeout,
        @NotNull @DefaultValue("10s") Duration responseTimeout,
        @Min(1) @DefaultValue("500") int connections) {}
