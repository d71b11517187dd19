package com.amrutam.localstack.event;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Remembers every event of the catalogue's topics from the moment it is made. */
public final class EventReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final EventCodec codec;
    private final Consumer<String, byte[]> consumer;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<String> tombstones = new HashSet<>();
    private final Thread thread;
    private @Nullable RuntimeException failure;

    public EventReader(String bootstrapServers, EventCodec codec) {
        this.codec = codec;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = Arrays.stream(Topic.values())
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)))
                .toList();
        consumer.assign(partitions);
        // Now, not at the first poll: what is sent from here on must be seen.
        consumer.endOffsets(partitions).forEach(consumer::seek);
        this.thread = Thread.ofPlatform().daemon().name("event-reader").start(this::read);
    }

    /** All that came so far, per key in order. */
    public List<Arrival> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    /**
     * Waits until the arrivals are as wanted.
     *
     * @param wanted looks at all arrivals and answers what was wanted, or null to go on waiting
     * @return what was wanted, or null when the time was over
     */
    public <T> @Nullable T await(Duration patience, Function<List<Arrival>, @Nullable T> wanted)
            throws InterruptedException {
        var deadline = Instant.now().plus(patience);
        synchronized (arrivals) {
            while (true) {
                var found = wanted.apply(List.copyOf(arrivals));
                if (found != null) {
                    return found;
                }
                if (failure != null) {
                    throw new IllegalStateException("An event could not be read", failure);
                }
                var left = Duration.between(Instant.now(), deadline).toMillis();
                if (left <= 0) {
                    return null;
                }
                arrivals.wait(left);
            }
        }
    }

    /** Waits for a record without a value under this key; false when the time was over. */
    public boolean awaitTombstone(Duration patience, String topic, String key) throws InterruptedException {
        return await(patience, _ -> tombstones.contains(topic + " " + key) ? true : null) != null;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (var message : consumer.poll(POLL)) {
                    if (message.value() == null) {
                        bury(message);
                    } else {
                        add(message, Instant.now());
                    }
                }
            }
        } catch (WakeupException e) {
            // close() asked for it.
            return;
        } catch (RuntimeException e) {
            synchronized (arrivals) {
                failure = e;
                arrivals.notifyAll();
            }
        }
    }

    /** A tombstone is no event. */
    private void bury(ConsumerRecord<String, byte[]> message) {
        synchronized (arrivals) {
            tombstones.add(message.topic() + " " + message.key());
            arrivals.notifyAll();
        }
    }

    private void add(ConsumerRecord<String, byte[]> message, Instant now) {
        var topic = Topic.named(message.topic());
        var headers = new TreeMap<String, String>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        var arrival = new Arrival(topic, message.key(), headers, codec.decode(topic, message.value()), now);
        synchronized (arrivals) {
            arrivals.add(arrival);
            arrivals.notifyAll();
        }
    }
}
