package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The events that could not be handled and that nobody has dealt with yet. */
@Command(
        name = "dead",
        description = "Shows the dead letters that wait, with their causes; of one dead-letter topic or of all.")
final class DeadLetters implements Callable<Integer> {
    @Mixin
    private Cluster cluster = new Cluster();

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "A dead-letter topic, such as booking.slot-locked.v1.doctor.dlt.")
    private String name = "";

    @Override
    public Integer call() throws InterruptedException {
        long shown = 0;
        try (var consumer = cluster.consumer(Cluster.REPLAY_GROUP)) {
            for (var topic : topics(name)) {
                for (var letter : waiting(consumer, topic)) {
                    System.out.printf(
                            "%s  offset %d  parked %s  event %s  key %s%n    %s: %s%n",
                            topic,
                            letter.offset(),
                            Instant.ofEpochMilli(letter.timestamp()),
                            Tail.header(letter, "event-id"),
                            letter.key(),
                            Tail.header(letter, "kafka_dlt-exception-cause-fqcn"),
                            Tail.header(letter, "kafka_dlt-exception-message"));
                    shown++;
                }
            }
        }
        System.out.println(shown == 0 ? "No dead letter waits." : "Replay them: ./amrutam events replay TOPIC");
        return 0;
    }

    private List<String> topics(String wanted) throws InterruptedException {
        Set<String> names;
        try (var admin = cluster.admin()) {
            names = Cluster.await(admin.listTopics().names());
        }
        if (!wanted.isEmpty()) {
            if (!names.contains(wanted) || Cluster.originOf(wanted).isEmpty()) {
                throw new Trouble(ExitCode.WRONG_USAGE, "There is no dead-letter topic " + wanted);
            }
            return List.of(wanted);
        }
        return names.stream()
                .filter(topic -> Cluster.originOf(topic).isPresent())
                .sorted()
                .toList();
    }

    /** From where the last replay ended to the end of now. */
    static List<ConsumerRecord<String, byte[]>> waiting(Consumer<String, byte[]> consumer, String topic) {
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        while (consumer.position(partition) < end) {
            consumer.poll(Cluster.PATIENCE).records(partition).forEach(letters::add);
        }
        return letters;
    }
}
