package com.amrutam.kit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

@ExtendWith(LocalStack.class)
class RedisPasswordTest {
    private static final String PASSWORD = "what-only-the-services-know";

    private final URI server = URI.create(System.getProperty("amrutam.redis.url"));
    private final Jedis administrator = new Jedis(server);

    @BeforeEach
    void demandPassword() {
        administrator.configSet("requirepass", PASSWORD);
        administrator.auth(PASSWORD);
    }

    @AfterEach
    void letEverybodyInAgain() {
        administrator.configSet("requirepass", "");
        administrator.close();
    }

    @Test
    void the_password_of_the_url_opens_redis() {
        try (var redis = redis("redis://:" + PASSWORD + "@" + server.getAuthority())) {
            assertThat(redis.attempt(() -> redis.client().ping())).contains("PONG");
        }
    }

    @Test
    void with_a_wrong_one_the_instance_goes_on_without_redis() {
        try (var redis = redis("redis://:something-else-altogether@" + server.getAuthority())) {
            assertThat(redis.attempt(() -> redis.client().ping())).isEmpty();
        }
    }

    private static Redis redis(String url) {
        return new RedisAutoConfiguration()
                .redis(
                        new RedisProperties(
                                URI.create(url), List.of(), "amrutam", Duration.ofSeconds(1), Duration.ofSeconds(5), 2),
                        new SimpleMeterRegistry());
    }
}
