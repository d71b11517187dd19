package com.amrutam.localstack.event;

import com.amrutam.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** An event as it came, with its headers, and when it did. */
public record Arrival(Topic topic, String key, Map<String, String> headers, SpecificRecord event, Instant at) {
    /** From the moment it happened to the moment we had it. */
    public Duration latency() {
        var occurredAt = headers.get("occurred-at");
        return occurredAt == null ? Duration.ZERO : Duration.between(Instant.parse(occurredAt), at);
    }
}
