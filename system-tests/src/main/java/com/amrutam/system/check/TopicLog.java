package com.amrutam.system.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that was published on the catalogue's topics since this was made, redeliveries included. */
final class TopicLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventCodec codec;
    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = Arrays.stream(Topic.values())
            .flatMap(topic -> IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)))
            .toList();
    private final List<Published> records = new ArrayList<>();

    TopicLog(String bootstrapServers, EventCodec codec) {
        this.codec = codec;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /** All records up to what is there now. */
    List<Published> readToEnd() {
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(message -> records.add(read(message)));
        }
        return List.copyOf(records);
    }

    private Published read(ConsumerRecord<String, byte[]> message) {
        var topic = Topic.named(message.topic());
        var id = UUID.fromString(
                new String(message.headers().lastHeader("event-id").value(), UTF_8));
        return new Published(
                topic,
                message.partition(),
                message.offset(),
                message.key(),
                id,
                message.value() == null ? "" : digest(message.value()),
                message.value() == null ? null : codec.decode(topic, message.value()));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
