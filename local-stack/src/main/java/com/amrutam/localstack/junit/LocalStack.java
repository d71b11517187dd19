package com.amrutam.localstack.junit;

import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension: real Postgres, Kafka, Redis and schema registry, started once per test JVM on free ports, with
 * database, topics and schemas in place, and every property a service needs set as a system property. The servers end
 * with the JVM, however it ends.
 *
 * <p>Write {@code @ExtendWith(LocalStack.class)} before {@code @SpringBootTest}, so that the properties are there when
 * Spring reads them.
 */
public final class LocalStack implements BeforeAllCallback {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static @Nullable Stack running;

    @Override
    public void beforeAll(ExtensionContext context) {
        stack();
    }

    /** The URL of database {@code amrutam}. */
    public static String databaseUrl() {
        return stack().databaseUrl();
    }

    /** A superuser's connection to database {@code amrutam}, to look and to arrange. */
    public static Connection connect() throws SQLException {
        return stack().connect();
    }

    /** The same to the replica, which runs once {@link #replica} was called. */
    public static Connection connectToReplica() throws SQLException {
        return stack().connectToReplica();
    }

    /** The URL of a read replica, which is started at the first call. */
    public static String replica() {
        start("replica");
        return stack().replicaUrl();
    }

    /** Kafka's {@code host:port}. */
    public static String bootstrapServers() {
        return stack().bootstrapServers();
    }

    /** Where the Confluent API of the registry starts. */
    public static URI registryUrl() {
        return stack().registryUrl();
    }

    /** Takes a server away: {@code postgres}, {@code replica}, {@code kafka}, {@code redis} or {@code registry}. */
    public static void stop(String server) {
        control(server, process -> process.stop(TIMEOUT));
    }

    /** Brings it back on the same port. Redis and the registry come back empty, the others with what they had. */
    public static void start(String server) {
        control(server, process -> {
            process.start();
            process.awaitReady(TIMEOUT);
        });
        if (server.equals("registry")) {
            control(server, process -> stack().registerSchemas());
        }
    }

    static synchronized Stack stack() {
        if (running == null) {
            running = launch();
        }
        return running;
    }

    private interface Action {
        void on(ServerProcess process) throws IOException, InterruptedException;
    }

    private static void control(String server, Action action) {
        try {
            action.on(stack().server(server));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stack launch() {
        try {
            var root = Files.createTempDirectory("amrutam-test-stack-");
            Watchdog.guard(root);
            var stack = Stack.throwAway(StackDirectory.at(root), Ports.free());
            var begun = System.nanoTime();
            stack.start(Progress.NONE);
            publish(stack);
            System.out.printf("Local stack ready in %.1f s in %s%n", (System.nanoTime() - begun) / 1e9, root);
            return stack;
        } catch (IOException e) {
            throw new IllegalStateException("The local stack could not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void publish(Stack stack) {
        var secrets = stack.secrets();
        System.setProperty("amrutam.datasource.url", stack.databaseUrl());
        // All roles of a throw-away stack share a password, so this serves whichever service is under test.
        System.setProperty("amrutam.datasource.password", secrets.password("identity"));
        System.setProperty("amrutam.outbox.relay.password", secrets.password("identity_relay"));
        System.setProperty("spring.kafka.bootstrap-servers", stack.bootstrapServers());
        System.setProperty("amrutam.schema-registry.url", stack.registryUrl().toString());
        System.setProperty("amrutam.redis.url", stack.redisUrl());
        System.setProperty(
                "amrutam.security.jwk-set-uri", TestIssuer.jwkSetUri().toString());
        System.setProperty("amrutam.codes.digest-key", secrets.digestKey());
        System.setProperty("amrutam.codes.keyset", secrets.keyset());
        System.setProperty("amrutam.identity.key-encryption-key", secrets.keyEncryptionKey());
        System.setProperty("amrutam.identity.admin-phone", Services.ADMIN_PHONE);
    }
}
