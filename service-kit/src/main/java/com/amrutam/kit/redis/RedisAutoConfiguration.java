package com.amrutam.kit.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** Redis for the services that have Jedis on their class path. */
@AutoConfiguration
@ConditionalOnClass(UnifiedJedis.class)
@EnableConfigurationProperties(RedisProperties.class)
class RedisAutoConfiguration {
    @Bean
    Redis redis(UnifiedJedis redisClient, RedisProperties properties) {
        return new Redis(redisClient, properties.coolDown());
    }

    @Bean
    UnifiedJedis redisClient(RedisProperties properties) {
        var url = properties.url();
        int timeout = Math.toIntExact(properties.timeout().toMillis());
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(properties.connections());
        pool.setMaxIdle(properties.connections());
        pool.setMaxWait(properties.timeout());
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(JedisURIHelper.getUser(url))
                        .password(JedisURIHelper.getPassword(url))
                        .database(JedisURIHelper.getDBIndex(url))
                        .ssl(JedisURIHelper.isRedisSSLScheme(url))
                        .connectionTimeoutMillis(timeout)
                        .socketTimeoutMillis(timeout)
                        .build())
                .poolConfig(pool)
                .build();
    }
}
