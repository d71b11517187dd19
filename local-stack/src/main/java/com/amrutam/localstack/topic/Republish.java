package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a service's relay to publish a stretch of its outbox again; the row it writes is the whole request. */
@Command(
        name = "republish",
        description = "Has a service publish events of the last seven days again, under their old ids.")
final class Republish implements Callable<Integer> {
    @Mixin
    private OutboxDatabase outbox = new OutboxDatabase();

    @Option(names = "--since", required = true, paramLabel = "INSTANT", description = "RFC 3339, UTC.")
    private Instant since = Instant.EPOCH;

    @Option(names = "--until", paramLabel = "INSTANT", description = "RFC 3339, UTC; now when not said.")
    private Instant until = Instant.now();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only this one of the service's topics.")
    private @Nullable String topic;

    @Override
    public Integer call() throws IOException {
        var service = outbox.service();
        if (topic != null && !Cluster.catalogued(topic).topicName().startsWith(service + ".")) {
            throw new Trouble(ExitCode.WRONG_USAGE, topic + " is not published by " + service);
        }
        if (since.isAfter(until)) {
            throw new Trouble(ExitCode.WRONG_USAGE, "--since is after --until");
        }
        try (var connection = outbox.connect()) {
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
}
