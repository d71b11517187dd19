package com.amrutam.kit.outbox;

import com.amrutam.kit.data.Timestamps;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes events again from the table, as rows of {@code outbox_replay} ask: under their old ids, so that consumers
 * which had them drop them. A row is deleted once Kafka has acknowledged all of its events; whoever dies before that
 * leaves it to the next.
 */
final class OutboxReplay {
    private static final Logger log = LoggerFactory.getLogger(OutboxReplay.class);
    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Supplier<Producer<String, byte @Nullable []>> producers;
    private final Counter republished;

    /**
     * @param jdbc connected as the relay's role
     * @param transaction of the same connections
     */
    OutboxReplay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Supplier<Producer<String, byte @Nullable []>> producers,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.producers = producers;
        this.republished = Counter.builder("amrutam.outbox.republished")
                .description("Events published again from the table")
                .register(metrics);
    }

    private record Wanted(
            long id,
            OffsetDateTime since,
            OffsetDateTime until,
            @Nullable String topic) {}

    private record Place(OffsetDateTime occurredAt, UUID id) {}

    /** Does all that is asked for; what another instance is at is left to it. */
    void replayAll() {
        while (Boolean.TRUE.equals(transaction.execute(status -> replayOne()))) {
            log.atDebug().log("One more replay of the outbox is done");
        }
    }

    private boolean replayOne() {
        var found = jdbc.sql("select * from outbox_replay order by id limit 1 for update skip locked")
                .query((row, n) -> new Wanted(
                        row.getLong("id"),
                        row.getObject("since", OffsetDateTime.class),
                        row.getObject("until", OffsetDateTime.class),
                        row.getString("topic")))
                .optional();
        if (found.isEmpty()) {
            return false;
        }
        var wanted = found.get();
        long events = publish(wanted);
        jdbc.sql("delete from outbox_replay where id = ?").param(wanted.id()).update();
        republished.increment(events);
        log.atWarn()
                .addKeyValue("since", wanted.since())
                .addKeyValue("until", wanted.until())
                .addKeyValue("topic", wanted.topic())
                .addKeyValue("events", events)
                .log("Events published again from the outbox");
        return true;
    }

    private long publish(Wanted wanted) {
        long count = 0;
        var place = new Place(wanted.since(), new UUID(0, 0));
        try (var producer = producers.get()) {
            while (true) {
                var batch = new ArrayList<Future<?>>(BATCH);
                var places = after(place, wanted, batch, producer);
                for (var acknowledgement : batch) {
                    acknowledgement.get();
                }
                count += batch.size();
                if (batch.size() < BATCH) {
                    return count;
                }
                place = places.getLast();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take an event of the replay", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while publishing again", e);
        }
    }

    private List<Place> after(
            Place place, Wanted wanted, List<Future<?>> sent, Producer<String, byte @Nullable []> producer) {
        return jdbc.sql("""
                        select * from outbox_event
                        where (occurred_at, id) > (:occurredAt, :id) and occurred_at >= :occurredAt
                          and occurred_at <= :until and (:topic::text is null or topic = :topic)
                        order by occurred_at, id limit :rows""")
                .param("occurredAt", place.occurredAt())
                .param("id", place.id())
                .param("until", wanted.until())
                .param("topic", wanted.topic(), java.sql.Types.VARCHAR)
                .param("rows", BATCH)
                .query((row, n) -> {
                    var id = row.getObject("id", UUID.class);
                    Instant occurredAt = Timestamps.instant(row, "occurred_at");
                    ProducerRecord<String, byte @Nullable []> message = OutboxRecord.of(
                            id.toString(),
                            row.getString("topic"),
                            row.getString("key"),
                            row.getBytes("payload"),
                            row.getString("traceparent"),
                            occurredAt.toString());
                    sent.add(OutboxRecord.send(message, producer));
                    return new Place(row.getObject("occurred_at", OffsetDateTime.class), id);
                })
                .list();
    }
}
