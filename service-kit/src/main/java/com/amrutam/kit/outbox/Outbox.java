package com.amrutam.kit.outbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.data.WrittenAtCommit;
import com.amrutam.kit.web.Trace;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes events with the change that they tell of: the event is a row written in the same transaction, so it is
 * published exactly when the change is committed, at least once, in order per key.
 */
public class Outbox {
    /** Counts the events committed, by topic. */
    static final String PUBLISHED = "amrutam.events.published";

    /** Far below the broker's 1 MiB limit: an event the broker refuses would stop all that come after it. */
    private static final int MAX_PAYLOAD_BYTES = 512 * 1024;

    private final JdbcOperations jdbc;
    private final EventCodec codec;
    private final MeterRegistry metrics;
    private final WrittenAtCommit<Row> rows = new WrittenAtCommit<>(this::write, this::count);

    Outbox(JdbcOperations jdbc, EventCodec codec, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.codec = codec;
        this.metrics = metrics;
    }

    /**
     * Writes an event to the outbox with the caller's transaction; topic and key follow from its type, by the catalogue.
     *
     * @return the event's id, which consumers see in the header {@code event-id}
     * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction to join
     * @throws IllegalArgumentException when the event is of no topic of the catalogue or larger than 512 KiB
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID publish(SpecificRecord event) {
        var topic = Topic.of(event.getClass());
        return write(topic, topic.keyOf(event), payload(topic, event));
    }

    /**
     * Removes what a compacted topic holds under a key: a record without a value, which Kafka's compaction takes for the
     * last word on the key.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction to join
     * @throws IllegalArgumentException when the topic is not compacted: there a tombstone means nothing
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tombstone(Topic topic, UUID key) {
        if (topic.cleanup() != Topic.Cleanup.COMPACT) {
            throw new IllegalArgumentException(topic.topicName() + " is not compacted");
        }
        write(topic, key.toString(), null);
    }

    private byte[] payload(Topic topic, SpecificRecord event) {
        var payload = codec.encode(event);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("An event for %s has %d bytes, more than %d"
                    .formatted(topic.topicName(), payload.length, MAX_PAYLOAD_BYTES));
        }
        return payload;
    }

    private UUID write(Topic topic, String key, byte @Nullable [] payload) {
        var row = new Row(
                UuidCreator.getTimeOrderedEpoch(),
                topic.topicName(),
                key,
                payload,
                Trace.current().traceparent());
        rows.add(row);
        return row.id();
    }

    private record Row(UUID id, String topic, String key, byte @Nullable [] payload, String traceparent) {}

    private void write(List<Row> rows) {
        jdbc.batchUpdate(
                "insert into outbox_event (id, topic, key, payload, traceparent) values (?, ?, ?, ?, ?)",
                rows,
                rows.size(),
                (statement, row) -> {
                    statement.setObject(1, row.id());
                    statement.setString(2, row.topic());
                    statement.setString(3, row.key());
                    statement.setBytes(4, row.payload());
                    statement.setString(5, row.traceparent());
                });
    }

    private void count(List<Row> rows) {
        rows.forEach(row -> metrics.counter(PUBLISHED, "topic", row.topic()).increment());
    }
}
