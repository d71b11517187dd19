package com.amrutam.kit.inbox;

import com.amrutam.events.Topic;
import java.time.Instant;
import java.util.UUID;

/**
 * What travels beside an event.
 *
 * @param eventId the event's id, the same at every delivery
 * @param topic the topic it came on
 * @param key the record key
 * @param occurredAt when the event was written, UTC
 */
public record EventMetadata(UUID eventId, Topic topic, String key, Instant occurredAt) {}
