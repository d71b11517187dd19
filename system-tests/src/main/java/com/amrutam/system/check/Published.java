package com.amrutam.system.check;

import com.amrutam.events.Topic;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on a topic.
 *
 * @param digest of the bytes that travelled; empty for a tombstone
 * @param event what they say; absent for a tombstone
 */
record Published(
        Topic topic,
        int partition,
        long offset,
        String key,
        UUID eventId,
        String digest,
        @Nullable SpecificRecord event) {

    /** A field that holds an id, if the event has it. */
    @Nullable
    UUID id(String field) {
        return (UUID) value(field);
    }

    /** A field that holds a version, if the event has it. */
    @Nullable
    Integer version(String field) {
        return (Integer) value(field);
    }

    private @Nullable Object value(String name) {
        if (event == null) {
            return null;
        }
        var field = event.getSchema().getField(name);
        return field == null ? null : event.get(field.pos());
    }
}
