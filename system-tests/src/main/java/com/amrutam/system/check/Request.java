package com.amrutam.system.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request of one client and what came of it, as the client saw it; a line of JSON in a history file.
 *
 * @param person who asked
 * @param key the Idempotency-Key: a request that is tried again carries the same
 * @param slotId of a HOLD the slot wanted, of a RESCHEDULE where to
 * @param lockId of a HOLD the lock that came back, of a RELEASE or BOOK the one meant
 * @param appointmentId of a BOOK what came back, of a CANCEL or RESCHEDULE the one meant
 * @param status HTTP's, 0 when there was no answer
 * @param refusal the problem's code, where there was one
 */
public record Request(
        Operation operation,
        UUID person,
        String key,
        @Nullable UUID slotId,
        @Nullable UUID lockId,
        @Nullable UUID appointmentId,
        Instant begun,
        Instant ended,
        Outcome outcome,
        int status,
        @Nullable String refusal) {
    private static final JsonMapper JSON = new JsonMapper();

    /** This request as a line of a history file. */
    String toLine() {
        var line = JSON.createObjectNode();
        line.put("operation", operation.name());
        line.put("person", person.toString());
        line.put("key", key);
        put(line, "slotId", slotId);
        put(line, "lockId", lockId);
        put(line, "appointmentId", appointmentId);
        line.put("begun", begun.toString());
        line.put("ended", ended.toString());
        line.put("outcome", outcome.name());
        line.put("status", status);
        if (refusal != null) {
            line.put("refusal", refusal);
        }
        return line.toString();
    }

    /** The request in a line of a history file. */
    static Request ofLine(String text) {
        try {
            var line = JSON.readTree(text);
            return new Request(
                    Operation.valueOf(line.path("operation").asText()),
                    UUID.fromString(line.path("person").asText()),
                    line.path("key").asText(),
                    id(line, "slotId"),
                    id(line, "lockId"),
                    id(line, "appointmentId"),
                    Instant.parse(line.path("begun").asText()),
                    Instant.parse(line.path("ended").asText()),
                    Outcome.valueOf(line.path("outcome").asText()),
                    line.path("status").asInt(),
                    line.hasNonNull("refusal") ? line.path("refusal").asText() : null);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode line, String field, @Nullable UUID id) {
        if (id != null) {
            line.put(field, id.toString());
        }
    }

    private static @Nullable UUID id(JsonNode line, String field) {
        return line.hasNonNull(field) ? UUID.fromString(line.path(field).asText()) : null;
    }
}
