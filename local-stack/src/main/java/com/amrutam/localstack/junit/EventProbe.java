package com.amrutam.localstack.junit;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.event.Arrival;
import com.amrutam.localstack.event.EventReader;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What another service would see on Kafka, and a way to speak as one. */
public final class EventProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final EventCodec codec = new EventCodec(new SchemaRegistry(LocalStack.registryUrl()));
    private final EventReader reader = new EventReader(LocalStack.bootstrapServers(), codec);
    private final Producer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", LocalStack.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());

    private EventProbe() {}

    /** Watches all topics of the catalogue from this moment on. */
    public static EventProbe fromNow() {
        return new EventProbe();
    }

    /** The first event of this type since the probe began that satisfies the condition; waits for it up to 15 s. */
    public <T extends SpecificRecord> T await(Class<T> type, Predicate<T> condition) {
        try {
            var found = reader.await(
                    PATIENCE,
                    arrivals -> of(type, arrivals).filter(condition).findFirst().orElse(null));
            if (found == null) {
                throw new AssertionError("No such %s within %d s; seen were %s"
                        .formatted(type.getSimpleName(), PATIENCE.toSeconds(), arrivals()));
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for an event", e);
        }
    }

    /** Waits up to 15 s for the record without a value that removes what a compacted topic holds under a key. */
    public void awaitTombstone(String topic, String key) {
        try {
            if (!reader.awaitTombstone(PATIENCE, topic, key)) {
                throw new AssertionError(
                        "No tombstone of that key on " + topic + " within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a tombstone", e);
        }
    }

    /** All events of this type since the probe began, per key in order. */
    public <T extends SpecificRecord> List<T> seen(Class<T> type) {
        return of(type, arrivals()).toList();
    }

    /** Everything since the probe began, with keys and headers. */
    public List<Arrival> arrivals() {
        return reader.arrivals();
    }

    /** Publishes an event as its own service would, and answers its id once Kafka has it. */
    public UUID send(SpecificRecord event) {
        return send(UuidCreator.getTimeOrderedEpoch(), event);
    }

    /** Publishes under an id of one's own choice: the same once more is a redelivery. */
    public UUID send(UUID eventId, SpecificRecord event) {
        var topic = Topic.of(event.getClass());
        var message = new ProducerRecord<>(topic.topicName(), topic.keyOf(event), codec.encode(event));
        header(message, "event-id", eventId.toString());
        header(message, "event-type", topic.eventType());
        header(message, "occurred-at", Instant.now().toString());
        header(
                message,
                "traceparent",
                "00-%s-%016x-01".formatted(eventId.toString().replace("-", ""), eventId.getLeastSignificantBits()));
        try {
            producer.send(message).get();
            return eventId;
        } catch (ExecutionException e) {
            throw new AssertionError("Kafka did not take the event", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while sending", e);
        }
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }

    private static <T> Stream<T> of(Class<T> type, List<Arrival> arrivals) {
        return arrivals.stream().map(Arrival::event).filter(type::isInstance).map(type::cast);
    }

    private static void header(ProducerRecord<?, ?> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
