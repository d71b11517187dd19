package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Puts dead letters back on the topic they came from, as they were: groups that handled them drop them by their id. What
 * was put back is marked by a committed offset, so an interrupted replay goes on where it stood.
 */
@Command(
        name = "replay",
        description = "Puts the dead letters that wait back on their topic, in order, once the cause is gone.")
final class Replay implements Callable<Integer> {
    @Mixin
    private Cluster cluster = new Cluster();

    @Parameters(paramLabel = "TOPIC", description = "A dead-letter topic, such as booking.slot-locked.v1.doctor.dlt.")
    private String name = "";

    @Option(
            names = "--until",
            paramLabel = "OFFSET",
            description = "The last one to deal with; all that wait when not said.")
    private long until = Long.MAX_VALUE;

    @Option(names = "--discard", description = "Marks them as dealt with and puts nothing back.")
    private boolean discard;

    @Override
    public Integer call() throws InterruptedException {
        var origin = Cluster.originOf(name)
                .orElseThrow(() -> new Trouble(ExitCode.WRONG_USAGE, name + " is not the name of a dead-letter topic"));
        long done = 0;
        try (var consumer = cluster.consumer(Cluster.REPLAY_GROUP);
                var producer = cluster.producer()) {
            for (var letter : DeadLetters.waiting(consumer, name)) {
                if (letter.offset() > until) {
                    break;
                }
                if (!discard) {
                    producer.send(asItWas(letter, origin.topicName())).get();
                }
                consumer.commitSync(Map.of(new TopicPartition(name, 0), new OffsetAndMetadata(letter.offset() + 1)));
                done++;
            }
        } catch (ExecutionException e) {
            throw new Trouble(ExitCode.FAILED, "Kafka did not take the event back: " + e.getCause());
        }
        System.out.printf("%d %s%n", done, discard ? "discarded" : "put back on " + origin.topicName());
        return 0;
    }

    private static ProducerRecord<String, byte[]> asItWas(ConsumerRecord<String, byte[]> letter, String topic) {
        var message = new ProducerRecord<>(topic, letter.key(), letter.value());
        for (var header : letter.headers()) {
            if (!header.key().startsWith("kafka_dlt-")) {
                message.headers().add(header);
            }
        }
        return message;
    }
}
