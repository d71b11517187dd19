package com.amrutam.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * What a limit says to one request.
 *
 * @param allowed whether it may pass
 * @param remaining how many more may follow
 * @param resetAfter when the count starts again
 */
record Verdict(Limit limit, boolean allowed, long remaining, Duration resetAfter) {
    static Verdict of(Limit limit, ConsumptionProbe probe) {
        return new Verdict(
                limit,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(
                        probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
    }

    /** The one of two that leaves the client less. */
    Verdict stricter(Verdict other) {
        if (allowed != other.allowed) {
            return allowed ? other : this;
        }
        return other.remaining < remaining ? other : this;
    }

    /** Whole seconds, rounded up: who waits that long is let in. */
    long resetSeconds() {
        return resetAfter.plusNanos(999_999_999).toSeconds();
    }

    /** The value of {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers). */
    String state() {
        return "\"%s\";r=%d;t=%d".formatted(limit.name(), remaining, resetSeconds());
    }
}
