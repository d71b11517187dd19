package com.amrutam.kit.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** Redis for the services that have Jedis on their class path. */
@AutoConfiguration
@ConditionalOnClass(UnifiedJedis.class)
@EnableConfigurationProperties(RedisProperties.class)
class RedisAutoConfiguration {
    @Bean
    Redis redis(RedisProperties properties, MeterRegistry metrics) {
        var redis = new Redis(() -> connect(properties), properties.coolDown());
        Gauge.builder("amrutam.redis.away", redis, one -> one.isAway() ? 1 : 0)
                .description("1 while this instance goes on without Redis")
                .register(metrics);
        return redis;
    }

    private static UnifiedJedis connect(RedisProperties properties) {
        var url = properties.url();
        int timeout = Math.toIntExact(properties.timeout().toMillis());
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(properties.connections());
        pool.setMaxIdle(properties.connections());
        pool.setMaxWait(properties.timeout());
        // Two builders: one that has built once keeps the credentials it had then.
        var sentinel = withTimeout(timeout).build();
        var server = withTimeout(timeout)
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .database(JedisURIHelper.getDBIndex(url))
                .ssl(JedisURIHelper.isRedisSSLScheme(url))
                .build();
        return properties.sentinels().isEmpty()
                ? RedisClient.builder()
                        .hostAndPort(JedisURIHelper.getHostAndPort(url))
                        .clientConfig(server)
                        .poolConfig(pool)
                        .build()
                : RedisSentinelClient.builder()
                        .masterName(properties.masterName())
                        .sentinels(properties.sentinels().stream()
                                .map(HostAndPort::from)
                                .collect(Collectors.toSet()))
                        .sentinelClientConfig(sentinel)
                        .clientConfig(server)
                        .poolConfig(pool)
                        .build();
    }

    private static DefaultJedisClientConfig.Builder withTimeout(int timeout) {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout);
    }
}
