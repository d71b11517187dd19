package com.amrutam.identity.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a phone gets a code.
 *
 * @param resendAfter how long an unanswered code keeps the next one back
 * @param dailyCap codes in any 24 hours
 */
record CodePolicy(Duration resendAfter, int dailyCap) {
    static final Duration DAY = Duration.ofHours(24);

    Decision decide(RecentCodes recent, Instant now) {
        if (recent.oldest() != null && recent.count() >= dailyCap) {
            return new Decision.CapReached(Duration.between(now, recent.oldest().plus(DAY)));
        }
        if (recent.latestUnspent() != null) {
            var resendAt = recent.latestUnspent().plus(resendAfter);
            if (now.isBefore(resendAt)) {
                return new Decision.TooSoon(Duration.between(now, resendAt));
            }
        }
        return new Decision.Send();
    }

    /**
     * What one phone got in the last 24 hours.
     *
     * @param oldest when the first of them was sent; it is the first to stop counting
     * @param latestUnspent when the last that was not used was sent. A used one keeps nothing back: who has just proved to hold the phone may ask at
     *     once, since nobody else can be the one who asks
     */
    record RecentCodes(
            int count, @Nullable Instant oldest, @Nullable Instant latestUnspent) {}

    /**
     * How long until one more fits under a cap; empty when it fits now.
     *
     * @param cap codes in any 24 hours
     */
    static Optional<Duration> wait(Tally tally, int cap, Instant now) {
        return tally.oldest() == null || tally.count() < cap
                ? Optional.empty()
                : Optional.of(Duration.between(now, tally.oldest().plus(DAY)));
    }

    /**
     * Codes of the last 24 hours.
     *
     * @param oldest when the first of them was asked for
     */
    record Tally(int count, @Nullable Instant oldest) {}

    sealed interface Decision {
        record Send() implements Decision {}

        record TooSoon(Duration retryAfter) implements Decision {}

        record CapReached(Duration retryAfter) implements Decision {}
    }
}
