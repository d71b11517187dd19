package com.amrutam.gateway.upstream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How services are called.
 *
 * @param connectTimeout how long a connection may take to come about before the client is answered 503
 * @param responseTimeout how long a service may be silent before the client is answered 504; a stream must say something
 *     this often
 * @param connections most connections to one service at once; a request that gets none within {@code connectTimeout} is
 *     answered 503. A live stream of a doctor's slots is one each
 * @param maxRequestSize largest body a client may send; more is answered 413
 * @param probeInterval how often each instance is asked whether it takes requests; also how long its answer is awaited
 * @param breaker when a service is no longer asked
 */
@Validated
@ConfigurationProperties("amrutam.gateway.upstream")
record UpstreamProperties(
        @NotNull @DefaultValue("1s") Duration connectTimeout,
        @NotNull @DefaultValue("10s") Duration responseTimeout,
        @Min(1) @DefaultValue("3000") int connections,
        @NotNull @DefaultValue("1MB") DataSize maxRequestSize,
        @NotNull @DefaultValue("1s") Duration probeInterval,
        @Valid @NotNull @DefaultValue Breaker breaker) {
    /**
     * A service of whose requests too many get no answer is left alone for a while, and clients are answered 503 at once.
     *
     * @param window the time that is looked at, in whole seconds
     * @param minimumCalls with fewer calls in the window it is not judged
     * @param failurePercent share of unanswered calls from which it is left alone
     * @param pause for how long; then one request is let through to see
     */
    record Breaker(
            @NotNull @DurationMin(seconds = 1) @DefaultValue("10s")
            Duration window,

            @Min(1) @DefaultValue("20") int minimumCalls,
            @Min(1) @Max(100) @DefaultValue("50") int failurePercent,
            @NotNull @DefaultValue("2s") Duration pause) {}
}
