package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Secrets;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a service's relay to publish a stretch of its outbox again; the row it writes is the whole request. */
@Command(
        name = "republish",
        description = "Has a service publish events of the last seven days again, under their old ids.")
final class Republish implements Callable<Integer> {
    @Parameters(paramLabel = "SERVICE", description = "identity, doctor, booking or notification.")
    private String service = "";

    @Option(names = "--since", required = true, paramLabel = "INSTANT", description = "RFC 3339, UTC.")
    private Instant since = Instant.EPOCH;

    @Option(names = "--until", paramLabel = "INSTANT", description = "RFC 3339, UTC; now when not said.")
    private Instant until = Instant.now();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only this one of the service's topics.")
    private @Nullable String topic;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "JDBC URL of the service's database; its role's password in PGPASSWORD. The local stack's when"
                            + " not said.")
    private @Nullable String database;

    @Override
    public Integer call() throws IOException {
        if (!Secrets.SCHEMA_OWNERS.contains(service)) {
            throw new Trouble(ExitCode.WRONG_USAGE, "SERVICE is one of " + String.join(", ", Secrets.SCHEMA_OWNERS));
        }
        if (topic != null && !Cluster.catalogued(topic).topicName().startsWith(service + ".")) {
            throw new Trouble(ExitCode.WRONG_USAGE, topic + " is not published by " + service);
        }
        if (since.isAfter(until)) {
            throw new Trouble(ExitCode.WRONG_USAGE, "--since is after --until");
        }
        try (var connection = DriverManager.getConnection(url(), credentials())) {
            long events;
            try (var count = connection.prepareStatement("select count(*) from outbox_event where occurred_at"
                    + " between ? and ? and (?::text is null or topic = ?)")) {
                count.setObject(1, since.atOffset(ZoneOffset.UTC));
                count.setObject(2, until.atOffset(ZoneOffset.UTC));
                count.setString(3, topic);
                count.setString(4, topic);
                var result = count.executeQuery();
                result.next();
                events = result.getLong(1);
            }
            try (var insert =
                    connection.prepareStatement("insert into outbox_replay (since, until, topic) values (?, ?, ?)")) {
                insert.setObject(1, since.atOffset(ZoneOffset.UTC));
                insert.setObject(2, until.atOffset(ZoneOffset.UTC));
                insert.setString(3, topic);
                insert.executeUpdate();
            }
            System.out.printf("%d events; %s publishes them again within seconds%n", events, service);
        } catch (SQLException e) {
            throw new Trouble(ExitCode.FAILED, "The database refused: " + e.getMessage());
        }
        return 0;
    }

    private String url() {
        return database == null ? "jdbc:postgresql://127.0.0.1:" + Ports.STANDARD.postgres() + "/amrutam" : database;
    }

    private Properties credentials() throws IOException {
        var credentials = new Properties();
        credentials.setProperty("user", service);
        credentials.setProperty("currentSchema", service);
        var password = System.getenv("PGPASSWORD");
        if (database == null) {
            password = StackDirectory.at(Path.of(System.getProperty("amrutam.home", "."), ".amrutam"))
                    .secrets()
                    .password(service);
        }
        if (password == null) {
            throw new Trouble(ExitCode.WRONG_USAGE, "With --database, PGPASSWORD holds the password of " + service);
        }
        credentials.setProperty("password", password);
        return credentials;
    }
}
