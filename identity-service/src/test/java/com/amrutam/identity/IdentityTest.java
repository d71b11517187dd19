package com.amrutam.identity;

import com.amrutam.localstack.junit.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.ServerSocket;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the running service: real Postgres, Kafka and registry, asked over HTTP. One service serves all such tests,
 * and verifies its own tokens with its own published keys.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalStack.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {"amrutam.identity.accepted-test-prefixes=+9100000", "amrutam.client.trusted-proxies=127.0.0.0/8"})
@ContextConfiguration(initializers = IdentityTest.OwnKeys.class)
public @interface IdentityTest {
    /** Takes a free port, which has to be known before the service starts: the address of its keys names it. */
    final class OwnKeys implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try (var socket = new ServerSocket(0)) {
                int port = socket.getLocalPort();
                TestPropertyValues.of(
                                "server.port=" + port,
                                "amrutam.security.jwk-set-uri=http://127.0.0.1:" + port + "/.well-known/jwks.json")
                        .applyTo(context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
