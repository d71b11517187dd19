package com.amrutam.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts requests: in Redis for all instances together, and while Redis is away in this instance alone, with the same
 * limits. Nothing is let through uncounted and nothing waits long for Redis.
 */
final class RateLimits {
    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);
    private static final int STRIPES = 256;

    private final SharedBuckets shared;
    private final Cache<SharedBuckets.Key, Bucket> own;
    private final Duration coolDown;
    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);
    private volatile long redisAwayUntilNanos = System.nanoTime();
    private volatile boolean redisAway;

    RateLimits(SharedBuckets shared, Duration coolDown, int rememberedClients) {
        this.shared = shared;
        this.coolDown = coolDown;
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
            if (System.nanoTime() - redisAwayUntilNanos >= 0) {
                var probe = shared.builder().build(key, limit::bucket).tryConsumeAndReturnRemaining(1);
                if (redisAway) {
                    redisAway = false;
                    log.info("Redis is back; limits are counted for all instances together again");
                }
                return probe;
            }
        } catch (JedisException e) {
            redisAwayUntilNanos = System.nanoTime() + coolDown.toNanos();
            if (!redisAway) {
                redisAway = true;
                log.atWarn()
                        .addKeyValue("cause", e.toString())
                        .addKeyValue("triedAgainAfter", coolDown)
                        .log("Redis does not answer; this instance counts limits by itself");
            }
        } finally {
            stripe.unlock();
        }
        return own.get(key, _ -> bucket(limit)).tryConsumeAndReturnRemaining(1);
    }

    private static Bucket bucket(Limit limit) {
        return Bucket.builder().addLimit(limit.bucket().getBandwidths()[0]).build();
    }
}
