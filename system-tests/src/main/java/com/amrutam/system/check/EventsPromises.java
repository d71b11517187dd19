package com.amrutam.system.check;

import com.amrutam.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the outboxes, the topics, the inboxes and the messages against each other. */
final class EventsPromises {
    private static final String PUBLISHED = "Every committed change has its event on the topic, as it was written";
    private static final String COMMITTED = "Nothing is on a topic that was not committed";
    private static final String ORDER = "Events of a slot, an appointment or a person come in order";
    private static final String HANDLED = "Every event is handled by every service that listens to it";
    private static final String HEARD = "A person hears once of every code and every change of an appointment";

    private static final List<String> SERVICES = List.of("identity", "doctor", "booking", "notification");

    /** What has a history of its own: the id that names it and the version each change raises. */
    private static final Map<String, String> VERSIONED =
            Map.of("slotId", "slotVersion", "appointmentId", "appointmentVersion", "userId", "version");

    private EventsPromises() {}

    private record Row(UUID id, String topic, String key, String digest) {}

    /**
     * @param since rows written before that do not count
     * @param records what is on the topics since then, of each partition in order
     * @param listeners by topic the consumer groups that read it
     * @param parked ids of events in dead-letter topics
     */
    static List<Finding> broken(
            Connection database,
            OffsetDateTime since,
            List<Published> records,
            Map<String, Set<String>> listeners,
            Set<UUID> parked)
            throws SQLException {
        var findings = new ArrayList<Finding>();
        var outbox = new HashMap<UUID, Row>();
        for (var service : SERVICES) {
            outbox(database, service, since).forEach(row -> outbox.put(row.id(), row));
        }
        Map<UUID, Published> first = new LinkedHashMap<>();
        records.forEach(published -> first.putIfAbsent(published.eventId(), published));
        published(outbox, first, findings);
        var earlier = committed(database, outbox, records, findings);
        ordered(first, earlier, findings);
        handled(database, first, listeners, parked, findings);
        heard(database, first, findings);
        return findings;
    }

    /** How many events are committed and not on their topic. */
    static long unpublished(Connection database, OffsetDateTime since, List<Published> records) throws SQLException {
        var known = records.stream().map(Published::eventId).collect(Collectors.toSet());
        long missing = 0;
        for (var service : SERVICES) {
            missing += outbox(database, service, since).stream()
                    .filter(row -> !known.contains(row.id()))
                    .count();
        }
        return missing;
    }

    private static List<Row> outbox(Connection database, String service, OffsetDateTime since) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var statement = database.prepareStatement("""
                select id, topic, key, coalesce(encode(sha256(payload), 'hex'), '') from %s.outbox_event
                where occurred_at >= ?""".formatted(service))) {
            statement.setObject(1, since);
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(
                            Objects.requireNonNull(result.getObject(1, UUID.class)),
                            result.getString(2),
                            result.getString(3),
                            result.getString(4)));
                }
            }
        }
        return rows;
    }

    private static void published(Map<UUID, Row> outbox, Map<UUID, Published> first, List<Finding> findings) {
        for (var row : outbox.values()) {
            var published = first.get(row.id());
            if (published == null) {
                findings.add(new Finding(PUBLISHED, row + " is not there"));
            } else if (!row.equals(
                    new Row(published.eventId(), published.topic().topicName(), published.key(), published.digest()))) {
                findings.add(new Finding(PUBLISHED, row + " is there as " + published));
            }
        }
    }

    /** Answers what was written before the beginning and published after it. */
    private static Set<UUID> committed(
            Connection database, Map<UUID, Row> outbox, List<Published> records, List<Finding> findings)
            throws SQLException {
        var earlier = new HashSet<UUID>();
        Map<String, Set<UUID>> strangers = records.stream()
                .filter(published -> !outbox.containsKey(published.eventId()))
                .collect(Collectors.groupingBy(
                        published -> published.topic().service(),
                        Collectors.mapping(Published::eventId, Collectors.toSet())));
        for (var service : strangers.entrySet()) {
            var known = ids(
                    database,
                    "select id from " + service.getKey() + ".outbox_event where id = any (?)",
                    service.getValue());
            service.getValue().stream()
                    .filter(id -> !known.contains(id))
                    .forEach(id -> findings.add(new Finding(COMMITTED, "event " + id + " of " + service.getKey())));
            earlier.addAll(known);
        }
        return earlier;
    }

    private record Place(Topic topic, String key, String name, UUID id) {}

    /**
     * Redeliveries go back and forth; the first delivery of each event may not.
     *
     * @param earlier what was written before the beginning, and so may have been delivered before it for the first time
     */
    private static void ordered(Map<UUID, Published> first, Set<UUID> earlier, List<Finding> findings) {
        var highest = new HashMap<Place, Published>();
        var byPlace = first.values().stream()
                .filter(published -> !earlier.contains(published.eventId()))
                .sorted(Comparator.comparing(Published::topic)
                        .thenComparing(Published::partition)
                        .thenComparing(Published::offset))
                .toList();
        for (var published : byPlace) {
            VERSIONED.forEach((idField, versionField) -> {
                var id = published.id(idField);
                var version = published.version(versionField);
                if (id != null && version != null) {
                    var place = new Place(published.topic(), published.key(), idField, id);
                    var before = highest.put(place, published);
                    var versionBefore = before == null ? null : before.version(versionField);
                    if (versionBefore != null && versionBefore >= version) {
                        findings.add(new Finding(
                                ORDER,
                                "%s %s of %s: version %d comes after %d"
                                        .formatted(idField, id, published.topic(), version, versionBefore)));
                    }
                }
            });
        }
    }

    private static void handled(
            Connection database,
            Map<UUID, Published> first,
            Map<String, Set<String>> listeners,
            Set<UUID> parked,
            List<Finding> findings)
            throws SQLException {
        for (var service : SERVICES) {
            var due = first.values().stream()
                    // Tombstones are for the topic's compaction and for nobody else.
                    .filter(published -> published.event() != null)
                    .filter(published -> listeners
                            .getOrDefault(published.topic().topicName(), Set.of())
                            .contains(service))
                    .map(Published::eventId)
                    .collect(Collectors.toSet());
            var done = ids(database, "select event_id from " + service + ".inbox_event where event_id = any (?)", due);
            due.stream()
                    .filter(id -> !done.contains(id) && !parked.contains(id))
                    .forEach(id -> findings.add(
                            new Finding(HANDLED, service + " did not handle " + id + " of " + topicOf(first.get(id)))));
            due.stream()
                    .filter(parked::contains)
                    .forEach(id -> findings.add(
                            new Finding(HANDLED, service + " gave up on " + id + " of " + topicOf(first.get(id)))));
        }
    }

    private static @Nullable Topic topicOf(@Nullable Published published) {
        return published == null ? null : published.topic();
    }

    /** Of a change that was overtaken by a later one nobody needs to hear. */
    private static void heard(Connection database, Map<UUID, Published> first, List<Finding> findings)
            throws SQLException {
        var latest = new HashMap<UUID, Integer>();
        for (var published : first.values()) {
            var appointment = published.id("appointmentId");
            var version = published.version("appointmentVersion");
            if (appointment != null && version != null) {
                latest.merge(appointment, version, Math::max);
            }
        }
        var due = new HashSet<UUID>();
        for (var published : first.values()) {
            boolean mustHear = switch (published.topic()) {
                case LOGIN_OTP_REQUESTED, BOOKING_OTP_REQUESTED, APPOINTMENT_CANCELLED -> true;
                case APPOINTMENT_BOOKED, APPOINTMENT_RESCHEDULED ->
                    Objects.equals(latest.get(published.id("appointmentId")), published.version("appointmentVersion"));
                default -> false;
            };
            if (mustHear) {
                due.add(published.eventId());
            }
        }
        var told = ids(
                database,
                "select distinct cause_event_id from notification.message where cause_event_id = any (?)",
                due);
        due.stream()
                .filter(id -> !told.contains(id))
                .forEach(id -> findings.add(new Finding(HEARD, "nobody heard of " + first.get(id))));
    }

    private static Set<UUID> ids(Connection database, String sql, Set<UUID> wanted) throws SQLException {
        var ids = new HashSet<UUID>();
        try (var statement = database.prepareStatement(sql)) {
            statement.setArray(1, database.createArrayOf("uuid", wanted.toArray()));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(Objects.requireNonNull(result.getObject(1, UUID.class)));
                }
            }
        }
        return ids;
    }
}
