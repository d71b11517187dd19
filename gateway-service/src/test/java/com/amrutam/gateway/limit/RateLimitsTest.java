package com.amrutam.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.kit.redis.Redis;
import com.amrutam.localstack.junit.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Three instances of the gateway's counting over one Redis. */
@ExtendWith(LocalStack.class)
class RateLimitsTest {
    private static final Limit LIMIT = Limit.of("test", new LimitProperties.Rate(100, Duration.ofMinutes(1)));

    private final String subject = UUID.randomUUID().toString();
    private final String redisUrl = Objects.requireNonNull(System.getProperty("amrutam.redis.url"));
    private RedisClient redis = RedisClient.create(redisUrl);
    private List<RateLimits> instances = List.of();

    @BeforeEach
    void startInstances() {
        instances = Stream.generate(() -> new RateLimits(new Redis(() -> redis, Duration.ofSeconds(1)), 1_000))
                .limit(3)
                .toList();
    }

    @AfterEach
    void hangUp() {
        redis.close();
    }

    @Test
    void a_hundred_is_a_hundred_over_three_instances_at_once() throws Exception {
        assertThat(allowed(300)).isEqualTo(100);
    }

    @Test
    void each_instance_sees_what_the_others_let_through() {
        var remaining = IntStream.range(0, 9)
                .mapToLong(i -> instances.get(i % 3).take(LIMIT, subject).remaining())
                .toArray();

        assertThat(remaining).containsExactly(99, 98, 97, 96, 95, 94, 93, 92, 91);
    }

    @Test
    void one_instance_asks_redis_once_a_request_and_not_at_all_to_refuse() {
        var instance = instances.getFirst();
        instance.take(LIMIT, subject);
        var before = commands();

        IntStream.range(0, 99).forEach(i -> instance.take(LIMIT, subject));
        assertThat(commands() - before).isEqualTo(99);

        assertThat(instance.take(LIMIT, subject).allowed()).isFalse();
        assertThat(commands() - before).isEqualTo(99);
    }

    @Test
    void a_count_that_redis_lost_starts_anew() {
        var instance = instances.getFirst();
        IntStream.range(0, 50).forEach(i -> instance.take(LIMIT, subject));
        try (var connection = new Jedis(redisUrl)) {
            connection.flushAll();
            connection.scriptFlush();
        }

        assertThat(instance.take(LIMIT, subject).remaining()).isEqualTo(99);
    }

    @Test
    void a_full_count_starts_again_when_its_period_is_over() {
        var shortLimit = Limit.of("short", new LimitProperties.Rate(2, Duration.ofSeconds(1)));
        var instance = instances.getFirst();
        instance.take(shortLimit, subject);
        instance.take(shortLimit, subject);
        var refused = instance.take(shortLimit, subject);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.resetSeconds()).isEqualTo(1);

        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> instance.take(shortLimit, subject).allowed());
    }

    private long allowed(int requests) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, requests)
                    .<Callable<Verdict>>mapToObj(i -> () -> instances.get(i % 3).take(LIMIT, subject))
                    .toList();
            long allowed = 0;
            for (Future<Verdict> verdict : clients.invokeAll(calls)) {
                allowed += verdict.get().allowed() ? 1 : 0;
            }
            return allowed;
        }
    }

    /** How many scripts Redis has run since it was started. */
    private long commands() {
        try (var connection = new Jedis(redisUrl)) {
            var calls = Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)").matcher(connection.info("commandstats"));
            long sum = 0;
            while (calls.find()) {
                sum += Long.parseLong(calls.group(1));
            }
            return sum;
        }
    }
}
