package com.amrutam.gateway.limit;

import com.amrutam.kit.problem.Problems;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    /** Before Spring Security's chain (order -100): requests it refuses count too. */
    private static final int BEFORE_SECURITY = -110;

    @Bean
    RedisClient limitRedis(LimitProperties properties) {
        var url = properties.redisUrl();
        int timeout = Math.toIntExact(properties.redisTimeout().toMillis());
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(properties.redisConnections());
        pool.setMaxIdle(properties.redisConnections());
        pool.setMaxWait(properties.redisTimeout());
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(JedisURIHelper.getUser(url))
                        .password(JedisURIHelper.getPassword(url))
                        .database(JedisURIHelper.getDBIndex(url))
                        .ssl(JedisURIHelper.isRedisSSLScheme(url))
                        .connectionTimeoutMillis(timeout)
                        .socketTimeoutMillis(timeout)
                        .clientName("gateway")
                        .build())
                .poolConfig(pool)
                .build();
    }

    @Bean
    RateLimits rateLimits(RedisClient limitRedis, LimitProperties properties) {
        var shared = new SharedBuckets(limitRedis, properties.rememberedClients());
        return new RateLimits(shared, properties.redisCoolDown(), properties.rememberedClients());
    }

    @Bean
    FilterRegistrationBean<LimitFilter> limitFilter(
            RateLimits limits, LimitProperties properties, JwtDecoder tokens, Problems problems, JsonMapper json) {
        var filter = new LimitFilter(limits, properties, new Callers(tokens), problems, json);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(BEFORE_SECURITY);
        return registration;
    }
}
