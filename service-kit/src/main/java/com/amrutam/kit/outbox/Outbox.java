package com.amrutam.kit.outbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.web.Trace;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes events with the change that they tell of: the event is a row written in the same transaction, so it is
 * published exactly when the change is committed, at least once, in order per key.
 */
public class Outbox {
    /** Far below the broker's 1 MiB limit: an event the broker refuses would stop all that come after it. */
    private static final int MAX_PAYLOAD_BYTES = 512 * 1024;

    private final JdbcClient jdbc;
    private final EventCodec codec;

    Outbox(JdbcClient jdbc, EventCodec codec) {
        this.jdbc = jdbc;
        this.codec = codec;
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
        var payload = codec.encode(event);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("An event for %s has %d bytes, more than %d"
                    .formatted(topic.topicName(), payload.length, MAX_PAYLOAD_BYTES));
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("insert into outbox_event (id, topic, key, payload, traceparent) values (?, ?, ?, ?, ?)")
                .params(
                        id,
                        topic.topicName(),
                        topic.keyOf(event),
                        payload,
                        Trace.current().traceparent())
                .update();
        return id;
    }
}
