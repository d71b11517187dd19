package com.amrutam.doctor.search;

import com.amrutam.doctor.search.Query.Scope;
import com.amrutam.kit.redis.Redis;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.params.SetParams;

/**
 * Answers in Redis, for all instances. An answer is stored with the edition its scope had before it was read from the
 * database, and counts as long as that is still the edition: a change begins a new one. Every instance begins one when it
 * hears of a change; that some do so twice costs a read.
 */
@Component
class SharedAnswers {
    private static final String EDITIONS = "doctor:search:editions";
    private static final String ALL = "all";

    private final Redis redis;
    private final Clock clock;
    private final Duration lifetime;
    /** A change Redis was not told of: nothing in it counts until it is told that everything has changed. */
    private volatile boolean outdated = true;

    SharedAnswers(Redis redis, Clock clock, CacheProperties properties) {
        this.redis = redis;
        this.clock = clock;
        this.lifetime = properties.inRedis();
    }

    /**
     * What Redis has.
     *
     * @param edition of the scope and of everything, before the answer is read from the database
     */
    record Found(String edition, @Nullable Answer answer) {}

    /** What Redis has for a query; empty while Redis is away. */
    Optional<Found> find(Query query) {
        if (outdated && !outdateAll()) {
            return Optional.empty();
        }
        return redis.attempt(() -> {
            try (var pipeline = redis.client().pipelined()) {
                var stored = pipeline.get(key(query));
                var editions = pipeline.hmget(EDITIONS, query.scope().name(), ALL);
                pipeline.sync();
                var edition = String.join("/", editions.get());
                var bytes = stored.get();
                return new Found(edition, bytes == null ? null : answer(bytes, edition));
            }
        });
    }

    /** Keeps an answer for all instances. */
    void keep(Query query, String edition, Answer answer) {
        var left = Duration.between(clock.instant(), answer.goodUntil());
        var millis = Math.min(left.toMillis(), lifetime.toMillis());
        if (millis > 0) {
            redis.attempt(() -> redis.client()
                    .set(
                            key(query),
                            bytes(edition, answer),
                            SetParams.setParams().px(millis)));
        }
    }

    /** Ends all answers of these scopes. */
    void outdate(Set<Scope> scopes) {
        var editions = new HashMap<String, String>();
        scopes.forEach(scope -> editions.put(scope.name(), newEdition()));
        if (!tell(editions)) {
            outdated = true;
        }
    }

    /** Ends all answers; false when Redis is away, and none counts until this has succeeded. */
    boolean outdateAll() {
        // First, so that a change that cannot be told meanwhile is not forgotten.
        outdated = false;
        var told = tell(Map.of(ALL, newEdition()));
        if (!told) {
            outdated = true;
        }
        return told;
    }

    private boolean tell(Map<String, String> editions) {
        return redis.attempt(() -> redis.client().hset(EDITIONS, editions)).isPresent();
    }

    /** Never one there was before, not even after Redis has lost its memory. */
    private static String newEdition() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static byte[] bytes(String edition, Answer answer) {
        var editionBytes = bytes(edition);
        return ByteBuffer.allocate(Short.BYTES + editionBytes.length + Long.BYTES + answer.body().length)
                .putShort((short) editionBytes.length)
                .put(editionBytes)
                .putLong(answer.goodUntil().toEpochMilli())
                .put(answer.body())
                .array();
    }

    /** The stored answer, if it is of this edition. */
    private static @Nullable Answer answer(byte[] stored, String edition) {
        var buffer = ByteBuffer.wrap(stored);
        var storedEdition = new byte[buffer.getShort()];
        buffer.get(storedEdition);
        if (!Arrays.equals(storedEdition, bytes(edition))) {
            return null;
        }
        var goodUntil = Instant.ofEpochMilli(buffer.getLong());
        var body = new byte[buffer.remaining()];
        buffer.get(body);
        return new Answer(body, goodUntil);
    }

    /** A digest, since what people ask for may be long. */
    private static byte[] key(Query query) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes(query.toString()));
            return bytes("doctor:search:answer:" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
