package com.amrutam.kit.outbox;

/** Names of the record headers every event carries; values are UTF-8 text. */
public final class EventHeaders {
    /** The event's id (UUIDv7), the same at every delivery. */
    public static final String EVENT_ID = "event-id";

    /** The event's name without service and version, such as {@code slot-locked}. */
    public static final String EVENT_TYPE = "event-type";

    /** When the event was written, RFC 3339 in UTC. */
    public static final String OCCURRED_AT = "occurred-at";

    private EventHeaders() {}
}
