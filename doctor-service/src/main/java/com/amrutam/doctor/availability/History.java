package com.amrutam.doctor.availability;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that was ever said of slots: their topics are kept for ever, and read here from the beginning, beside the
 * listener and without moving it.
 */
final class History implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(History.class);
    private static final Set<Topic> TOPICS = EnumSet.of(
            Topic.SLOTS_WITHDRAWN,
            Topic.SLOT_LOCKED,
            Topic.SLOT_RELEASED,
            Topic.APPOINTMENT_BOOKED,
            Topic.APPOINTMENT_RESCHEDULED,
            Topic.APPOINTMENT_CANCELLED);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final EventCodec codec;
    private final List<TopicPartition> partitions;

    private History(KafkaConsumer<String, byte[]> consumer, EventCodec codec) {
        this.consumer = consumer;
        this.codec = codec;
        this.partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /**
     * @param configuration how to reach Kafka
     */
    static History open(Map<String, Object> configuration, EventCodec codec) {
        var own = new HashMap<>(configuration);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var history =
                new History(new KafkaConsumer<>(own, new StringDeserializer(), new ByteArrayDeserializer()), codec);
        history.consumer.assign(history.partitions);
        history.consumer.seekToBeginning(history.partitions);
        return history;
    }

    /** Hands over what is there and was not handed over before. */
    long readToEnd(Consumer<SpecificRecord> reader) {
        var ends = consumer.endOffsets(partitions);
        long count = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var message : consumer.poll(POLL)) {
                read(message, reader);
                count++;
            }
        }
        return count;
    }

    private void read(ConsumerRecord<String, byte[]> message, Consumer<SpecificRecord> reader) {
        try {
            reader.accept(codec.decode(Topic.named(message.topic()), message.value()));
        } catch (EventCodec.Undecodable e) {
            // As when it arrived: then it was parked.
            log.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("A record that is no event was left out");
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
