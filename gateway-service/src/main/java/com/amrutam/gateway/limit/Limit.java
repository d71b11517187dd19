package com.amrutam.gateway.limit;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * One limit: so many requests in so much time.
 *
 * @param name the name clients see
 */
record Limit(String name, int requests, Duration period, BucketConfiguration bucket) {
    static Limit of(String name, LimitProperties.Rate rate) {
        // All at once when the period is over: refilled bit by bit, a bucket of 100 lets nearly 200 through in its
        // first minute.
        var bucket = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(rate.requests()).refillIntervally(rate.requests(), rate.period()))
                .build();
        return new Limit(name, rate.requests(), rate.period(), bucket);
    }

    /** The value of {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). */
    String policy() {
        return "\"%s\";q=%d;w=%d".formatted(name, requests, period.toSeconds());
    }
}
