package com.amrutam.kit.outbox;

import com.amrutam.events.Topic;
import com.amrutam.kit.web.Trace;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The Kafka record of a row of the outbox: the same bytes whether it came by the log or was read from the table. */
final class OutboxRecord {
    private OutboxRecord() {}

    static ProducerRecord<String, byte @Nullable []> of(
            String id, String topic, String key, byte @Nullable [] payload, String traceparent, String occurredAt) {
        var message = new ProducerRecord<String, byte @Nullable []>(topic, key, payload);
        message.headers()
                .add(EventHeaders.EVENT_ID, utf8(id))
                .add(EventHeaders.EVENT_TYPE, utf8(Topic.named(topic).eventType()))
                .add(EventHeaders.OCCURRED_AT, utf8(occurredAt))
                .add(Trace.HEADER, utf8(traceparent));
        return message;
    }

    /** Hands it to Kafka as a part of the trace it was written in; the relay's own thread belongs to none. */
    static Future<?> send(
            ProducerRecord<String, byte @Nullable []> message, Producer<String, byte @Nullable []> producer) {
        var writtenIn = new String(message.headers().lastHeader(Trace.HEADER).value(), StandardCharsets.UTF_8);
        try (var _ = Trace.named(writtenIn).open()) {
            return producer.send(message);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
