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
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** What must be there before a service starts: roles and schemas, topics, event schemas. Doing it again changes nothing. */
public final class Provisioning {
    public static final String DATABASE = "amrutam";
    /** The role that reads statistics, and nothing else. */
    public static final String MONITORING = "monitoring";

    private static final Pattern PASSWORD = Pattern.compile("\\$\\{(\\w+)\\.password}");
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

    private Provisioning() {}

    /**
     * @param server the administrator's connection to any database of the server
     * @param passwords by role
     */
    public static void server(Connection server, UnaryOperator<String> passwords) throws SQLException {
        if (!exists(server, "select from pg_database where datname = '" + DATABASE + "'")) {
            execute(server, "create database " + DATABASE);
        }
        if (!exists(server, "select from pg_roles where rolname = 'registry'")) {
            execute(server, "create role registry login password '%s'".formatted(passwords.apply("registry")));
        }
        if (!exists(server, "select from pg_database where datname = 'registry'")) {
            execute(server, "create database registry owner registry");
        }
    }

    /**
     * @param database the administrator's connection to our database
     * @param passwords by role
     */
    public static void roles(Connection database, UnaryOperator<String> passwords) throws SQLException, IOException {
        if (!exists(database, "select from pg_roles where rolname = 'identity'")) {
            database.setAutoCommit(false);
            execute(database, withPasswords(resource("provision.sql"), passwords));
            database.commit();
        }
    }

    /**
     * @param server the administrator's connection to any database of the server
     */
    public static void monitoring(Connection server, String password) throws SQLException {
        if (!exists(server, "select from pg_roles where rolname = '" + MONITORING + "'")) {
            execute(server, "create role %s login password '%s' in role pg_monitor".formatted(MONITORING, password));
        }
    }

    /** What a database that was put back to an earlier moment needs before the services start. */
    static void afterRestore(PostgresServer postgres) throws SQLException, IOException {
        try (var connection = postgres.connect(DATABASE)) {
            execute(connection, resource("after-restore.sql"));
        }
    }

    /**
     * Topics, and users with what they may do.
     *
     * @param passwords of users, by name
     */
    static void kafka(String bootstrapServers, Map<String, String> passwords) throws InterruptedException {
        var timeout = (int) KAFKA_TIMEOUT.toMillis();
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout))) {
            topics(admin, (short) 1);
            KafkaUsers.admit(admin, passwords);
        }
    }

    public static void topics(Admin admin, short replicas) throws InterruptedException {
        try {
            Set<String> existing = new HashSet<>(admin.listTopics().names().get());
            var missing = Arrays.stream(Topic.values())
                    .filter(topic -> !existing.contains(topic.topicName()))
                    .map(topic -> newTopic(topic, replicas))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("The topics could not be created", e.getCause());
            }
        }
    }

    public static void schemas(SchemaRegistry registry) throws InterruptedException {
        // First the schema, then the rule: the registry knows no rule for a subject that does not exist.
        Parallel.run(Arrays.stream(Topic.values())
                .<Parallel.Task>map(topic -> () -> {
                    registry.register(topic.subject(), topic.schema());
                    registry.requireCompatibility(topic.subject(), "FULL_TRANSITIVE");
                })
                .toList());
    }

    private static NewTopic newTopic(Topic topic, short replicas) {
        var cleanup = topic.cleanup() == Topic.Cleanup.COMPACT
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_DELETE;
        return new NewTopic(topic.topicName(), topic.partitions(), replicas)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        cleanup,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis())));
    }

    private static String withPasswords(String sql, UnaryOperator<String> passwords) {
        return PASSWORD.matcher(sql)
                .replaceAll(match -> Matcher.quoteReplacement(passwords.apply(Objects.requireNonNull(match.group(1)))));
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
