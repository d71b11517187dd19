package com.amrutam.localstack.server;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** What must be there before a service starts: roles and schemas, topics, event schemas. Doing it again changes nothing. */
final class Provisioning {
    static final String DATABASE = "amrutam";
    private static final Pattern PASSWORD = Pattern.compile("\\$\\{(\\w+)\\.password}");
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

    private Provisioning() {}

    static void database(PostgresServer postgres, Secrets secrets) throws SQLException, IOException {
        try (var connection = postgres.connect("postgres")) {
            if (!exists(connection, "select from pg_database where datname = '" + DATABASE + "'")) {
                execute(connection, "create database " + DATABASE);
            }
            if (!exists(connection, "select from pg_roles where rolname = 'registry'")) {
                execute(connection, "create role registry login password '%s'".formatted(secrets.password("registry")));
            }
            if (!exists(connection, "select from pg_database where datname = 'registry'")) {
                execute(connection, "create database registry owner registry");
            }
        }
        try (var connection = postgres.connect(DATABASE)) {
            if (!exists(connection, "select from pg_roles where rolname = 'identity'")) {
                connection.setAutoCommit(false);
                execute(connection, withPasswords(resource("provision.sql"), secrets));
                connection.commit();
            }
        }
    }

    static void topics(String bootstrapServers) throws InterruptedException {
        var timeout = (int) KAFKA_TIMEOUT.toMillis();
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout))) {
            Set<String> existing = new HashSet<>(admin.listTopics().names().get());
            var missing = Arrays.stream(Topic.values())
                    .filter(topic -> !existing.contains(topic.topicName()))
                    .map(Provisioning::newTopic)
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("The topics could not be created", e.getCause());
            }
        }
    }

    static void schemas(SchemaRegistry registry) throws InterruptedException {
        // First the schema, then the rule: the registry knows no rule for a subject that does not exist.
        Parallel.run(Arrays.stream(Topic.values())
                .<Parallel.Task>map(topic -> () -> {
                    registry.register(topic.subject(), topic.schema());
                    registry.requireCompatibility(topic.subject(), "FULL_TRANSITIVE");
                })
                .toList());
    }

    private static NewTopic newTopic(Topic topic) {
        var cleanup = topic.cleanup() == Topic.Cleanup.COMPACT
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_DELETE;
        return new NewTopic(topic.topicName(), topic.partitions(), (short) 1)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        cleanup,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis())));
    }

    private static String withPasswords(String sql, Secrets secrets) {
        return PASSWORD.matcher(sql)
                .replaceAll(
                        match -> Matcher.quoteReplacement(secrets.password(Objects.requireNonNull(match.group(1)))));
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(Provisioning.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
