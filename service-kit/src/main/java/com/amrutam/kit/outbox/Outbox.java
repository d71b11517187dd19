package com.amrutam.kit.outbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.metrics.OnceCommitted;
import com.amrutam.kit.web.Trace;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private final JdbcClient jdbc;
    private final EventCodec codec;
    private final MeterRegistry metrics;

    Outbox(JdbcClient jdbc, EventCodec codec, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.codec = codec;
        this.metrics = metrics;
    }

    /**
     * Writes an event to the outbox; topic and key follow from its type, by the catalogue.
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
     * Writes many events in one statement.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction to join
     * @throws IllegalArgumentException when one of them cannot be published, as {@link #publish} says
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void publishAll(List<? extends SpecificRecord> events) {
        int size = events.size();
        if (size == 0) {
            return;
        }
        var ids = new UUID[size];
        var topics = new String[size];
        var keys = new String[size];
        var payloads = new byte[size][];
        for (int i = 0; i < size; i++) {
            var topic = Topic.of(events.get(i).getClass());
            ids[i] = UuidCreator.getTimeOrderedEpoch();
            topics[i] = topic.topicName();
            keys[i] = topic.keyOf(events.get(i));
            payloads[i] = payload(topic, events.get(i));
        }
        jdbc.sql("""
                        insert into outbox_event (id, topic, key, payload, traceparent)
                        select id, topic, key, payload, :traceparent
                        from unnest(:ids::uuid[], :topics::text[], :keys::text[], :payloads::bytea[])
                             as event (id, topic, key, payload)""")
                .param("ids", ids)
                .param("topics", topics)
                .param("keys", keys)
                .param("payloads", payloads)
                .param("traceparent", Trace.current().traceparent())
                .update();
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
        var id = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("""
                        insert into outbox_event (id, topic, key, payload, traceparent)
                        values (:id, :topic, :key, :payload, :traceparent)""")
                .param("id", id)
                .param("topic", topic.topicName())
                .param("key", key)
                .param("payload", payload, Types.BINARY)
                .param("traceparent", Trace.current().traceparent())
                .update();
        OnceCommitted.increment(metrics.counter(PUBLISHED, "topic", topic.topicName()));
        return id;
    }
}
