package com.amrutam.localstack.topic;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a restore has undone: events that readers have seen, of changes the database knows nothing of. */
@Command(
        name = "lost",
        description =
                "Shows events of a service that are on its topics and not in its outbox: what a restore has undone.")
final class Lost implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    @Mixin
    private Cluster cluster = new Cluster();

    @Mixin
    private OutboxDatabase outbox = new OutboxDatabase();

    @Option(
            names = "--since",
            required = true,
            paramLabel = "INSTANT",
            description = "The moment restored to, RFC 3339, UTC.")
    private Instant since = Instant.EPOCH;

    @Override
    public Integer call() throws IOException {
        var codec = cluster.codec();
        long lost = 0;
        try (var connection = outbox.connect();
                var known = connection.prepareStatement("select from outbox_event where occurred_at = ? and id = ?");
                var consumer = cluster.consumer(null)) {
            for (var topic : Topic.publishedBy(outbox.service())) {
                for (var message : since(consumer, topic)) {
                    if (isLost(message, known)) {
                        System.out.println(line(topic, codec, message));
                        lost++;
                    }
                }
            }
        } catch (SQLException e) {
            throw new Trouble(ExitCode.FAILED, "The database refused: " + e.getMessage());
        }
        System.out.printf("%d events of %s are lost%n", lost, outbox.service());
        return 0;
    }

    private List<ConsumerRecord<String, byte[]>> since(Consumer<String, byte[]> consumer, Topic topic) {
        var partitions = Cluster.partitions(topic.topicName(), topic.partitions());
        consumer.assign(partitions);
        var end = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli())))
                .forEach((partition, place) ->
                        consumer.seek(partition, place == null ? end.getOrDefault(partition, 0L) : place.offset()));
        var messages = new ArrayList<ConsumerRecord<String, byte[]>>();
        while (partitions.stream()
                .anyMatch(partition -> isBefore(consumer, partition, end.getOrDefault(partition, 0L)))) {
            consumer.poll(POLL).forEach(messages::add);
        }
        return messages;
    }

    private static boolean isBefore(Consumer<String, byte[]> consumer, TopicPartition partition, long end) {
        return consumer.position(partition) < end;
    }

    private boolean isLost(ConsumerRecord<String, byte[]> message, PreparedStatement known) throws SQLException {
        try {
            var occurredAt = Instant.parse(Tail.header(message, "occurred-at"));
            known.setObject(1, occurredAt.atOffset(ZoneOffset.UTC));
            known.setObject(2, UUID.fromString(Tail.header(message, "event-id")));
            if (occurredAt.isBefore(since)) {
                return false;
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // No event of ours.
            return false;
        }
        try (var row = known.executeQuery()) {
            return !row.next();
        }
    }

    private static String line(Topic topic, EventCodec codec, ConsumerRecord<String, byte[]> message) {
        return "%s  %s  %s  key=%s  %s"
                .formatted(
                        topic.topicName(),
                        Tail.header(message, "occurred-at"),
                        Tail.header(message, "event-id"),
                        message.key(),
                        topic.isRestricted() || message.value() == null ? "" : codec.decode(topic, message.value()));
    }
}
