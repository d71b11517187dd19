package com.amrutam.kit.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis, which may be away. Whoever finds it so tells the others by it: nobody waits for it until the cool-down is over, and
 * then one timeout is all it costs to find it still away.
 */
public final class Redis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Redis.class);

    private final Supplier<UnifiedJedis> connect;
    private volatile @Nullable UnifiedJedis client;
    private final Duration coolDown;
    private volatile long awayUntil = System.nanoTime();
    private volatile boolean away;

    /**
     * @param connect makes the client, at the first use: one that asks sentinels for the master needs them to answer
     * @param coolDown how long to go on without Redis before it is tried again
     */
    public Redis(Supplier<UnifiedJedis> connect, Duration coolDown) {
        this.connect = connect;
        this.coolDown = coolDown;
    }

    /** To be used in {@link #attempt} only. */
    public UnifiedJedis client() {
        var connected = client;
        if (connected == null) {
            synchronized (connect) {
                connected = client == null ? connect.get() : client;
                client = connected;
            }
        }
        return connected;
    }

    /** Whether this instance went on without Redis when it last tried. */
    boolean isAway() {
        return away;
    }

    /** The result of what is done with Redis; empty when Redis is away, or there is no result. */
    public <T> Optional<T> attempt(Supplier<? extends @Nullable T> work) {
        if (System.nanoTime() - awayUntil < 0) {
            return Optional.empty();
        }
        try {
            var result = work.get();
            if (away) {
                away = false;
                log.info("Redis is back");
            }
            return Optional.ofNullable(result);
        } catch (JedisException e) {
            awayUntil = System.nanoTime() + coolDown.toNanos();
            if (!away) {
                away = true;
                log.atWarn()
                        .addKeyValue("cause", e.toString())
                        .addKeyValue("triedAgainAfter", coolDown)
                        .log("Redis does not answer; this instance goes on without it");
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        var connected = client;
        if (connected != null) {
            connected.close();
        }
    }
}
