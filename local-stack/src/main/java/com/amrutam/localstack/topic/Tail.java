package com.amrutam.localstack.topic;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The last events of a topic, readable. */
@Command(name = "tail", description = "Shows the last events of a topic, decoded, and with -f those that come.")
final class Tail implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    @Mixin
    private Cluster cluster = new Cluster();

    @Parameters(paramLabel = "TOPIC", description = "Such as booking.slot-locked.v1.")
    private String name = "";

    @Option(
            names = {"-n", "--events"},
            paramLabel = "N",
            description = "How many from the end of each partition (${DEFAULT-VALUE}).")
    private int count = 5;

    @Option(
            names = {"-f", "--follow"},
            description = "Keeps showing what comes, until interrupted.")
    private boolean follow;

    @Option(
            names = "--personal-data",
            description = "Shows the values of a restricted topic too; otherwise only their headers are shown.")
    private boolean personalData;

    @Override
    public Integer call() {
        if (count < 0) {
            throw new Trouble(ExitCode.WRONG_USAGE, "--events wants a number from 0 on");
        }
        var topic = Cluster.catalogued(name);
        var codec = cluster.codec();
        try (var consumer = cluster.consumer(null)) {
            var partitions = Cluster.partitions(name, topic.partitions());
            consumer.assign(partitions);
            var offsets = new Offsets(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
            partitions.forEach(partition ->
                    consumer.seek(partition, Math.max(offsets.end(partition) - count, offsets.first(partition))));
            while (follow || !isAtEnd(consumer, partitions, offsets)) {
                for (var message : consumer.poll(POLL)) {
                    if (follow || message.offset() < offsets.end(new TopicPartition(name, message.partition()))) {
                        System.out.println(line(topic, codec, message));
                    }
                }
            }
        }
        return 0;
    }

    private static boolean isAtEnd(
            Consumer<String, byte[]> consumer, List<TopicPartition> partitions, Offsets offsets) {
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= offsets.end(partition));
    }

    private String line(Topic topic, EventCodec codec, ConsumerRecord<String, byte[]> message) {
        return "%d/%d  %s  %s  key=%s  %s"
                .formatted(
                        message.partition(),
                        message.offset(),
                        header(message, "occurred-at"),
                        header(message, "event-id"),
                        message.key(),
                        value(topic, codec, message));
    }

    private String value(Topic topic, EventCodec codec, ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return "tombstone";
        }
        if (topic.isRestricted() && !personalData) {
            return "(%d bytes, restricted)".formatted(message.value().length);
        }
        try {
            return codec.decode(topic, message.value()).toString();
        } catch (EventCodec.Undecodable e) {
            return "(%d bytes, undecodable: %s)".formatted(message.value().length, e.getMessage());
        }
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "-" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
