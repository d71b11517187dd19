package com.amrutam.gateway.limit;

import com.amrutam.kit.redis.Redis;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's buckets in Redis, one round trip a request instead of the two (read, compare and swap) of the stock one: it
 * starts from the state last seen here, and a compare that fails answers with the state there is. Starting from an old
 * state is safe: others only ever take from a bucket, and what time gives back each reader works out by itself; so a
 * refusal by an old state is a refusal by the newest, and costs no round trip at all.
 */
final class SharedBuckets extends AbstractCompareAndSwapBasedProxyManager<SharedBuckets.Key> {
    private static final byte[] ABSENT = {};

    /** Answers nil when it swapped, else the state there is, empty when there is none. */
    private static final byte[] COMPARE_AND_SWAP = """
            local current = redis.call('get', KEYS[1]) or ''
            if current == ARGV[1] then
                redis.call('psetex', KEYS[1], ARGV[3], ARGV[2])
                return nil
            end
            return current""".getBytes(StandardCharsets.UTF_8);

    private final Redis redis;
    private final SharedScript compareAndSwap;
    private final Cache<String, byte[]> lastSeen;

    SharedBuckets(Redis redis, int rememberedClients) {
        super(ClientSideConfig.getDefault());
        this.redis = redis;
        this.compareAndSwap = new SharedScript(redis, COMPARE_AND_SWAP);
        this.lastSeen = Caffeine.newBuilder().maximumSize(rememberedClients).build();
    }

    /**
     * @param name the key in Redis
     * @param period after which an unused bucket is as good as a new one, and forgotten
     */
    record Key(String name, Duration period) {}

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(Key key) {
        return new CompareAndSwapOperation() {
            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
                return Optional.ofNullable(lastSeen.getIfPresent(key.name()));
            }

            @Override
            public boolean compareAndSwap(
                    byte @Nullable [] originalData,
                    byte[] newData,
                    RemoteBucketState newState,
                    Optional<Long> timeoutNanos) {
                var current = swap(key, originalData == null ? ABSENT : originalData, newData);
                if (current == null) {
                    lastSeen.put(key.name(), newData);
                    return true;
                }
                if (current.length == 0) {
                    lastSeen.invalidate(key.name());
                } else {
                    lastSeen.put(key.name(), current);
                }
                return false;
            }
        };
    }

    private byte @Nullable [] swap(Key key, byte[] expected, byte[] state) {
        return compareAndSwap.run(
                key.name().getBytes(StandardCharsets.UTF_8),
                List.of(expected, state, String.valueOf(key.period().toMillis()).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void removeProxy(Key key) {
        redis.client().del(key.name());
        lastSeen.invalidate(key.name());
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(Key key) {
        throw new UnsupportedOperationException("Requests are served by blocking");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(Key key) {
        throw new UnsupportedOperationException("Requests are served by blocking");
    }
}
