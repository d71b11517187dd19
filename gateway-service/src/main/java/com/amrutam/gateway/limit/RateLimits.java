package com.amrutam.gateway.limit;

import com.amrutam.kit.redis.Redis;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Counts requests: in Redis for all instances together, and while Redis is away in this instance alone, with the same
 * limits. Nothing is let through uncounted and nothing waits long for Redis.
 */
final class RateLimits {
    private static final int STRIPES = 256;

    private final Redis redis;
    private final SharedBuckets shared;
    private final Cache<SharedBuckets.Key, Bucket> own;
    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    RateLimits(Redis redis, int rememberedClients) {
        this.redis = redis;
        this.shared = new SharedBuckets(redis, rememberedClients);
        this.own = Caffeine.newBuilder()
                .maximumSize(rememberedClients)
                .expireAfter(Expiry.<SharedBuckets.Key, Bucket>accessing((key, bucket) -> key.period()))
                .build();
    }

    /**
     * Counts one request.
     *
     * @param subject who is counted; a limit counts each subject apart
     */
    Verdict take(Limit limit, String subject) {
        // The limit is part of the name: a changed limit starts with a new count.
        var name = "gateway:limit:%s:%d/%d:%s"
                .formatted(limit.name(), limit.requests(), limit.period().toSeconds(), subject);
        var key = new SharedBuckets.Key(name, limit.period());
        return Verdict.of(limit, take(limit, key));
    }

    private ConsumptionProbe take(Limit limit, SharedBuckets.Key key) {
        // One client's requests would otherwise race each other to Redis, and all but one of each round be sent again.
        var stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        stripe.lock();
        try {
            return redis.attempt(
                            () -> shared.builder().build(key, limit::bucket).tryConsumeAndReturnRemaining(1))
                    .orElseGet(() -> own.get(key, _ -> bucket(limit)).tryConsumeAndReturnRemaining(1));
        } finally {
            stripe.unlock();
        }
    }

    private static Bucket bucket(Limit limit) {
        return Bucket.builder().addLimit(limit.bucket().getBandwidths()[0]).build();
    }
}
