package com.amrutam.kit.outbox;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Tails the write-ahead log of the outbox table with an embedded Debezium engine and publishes what it reads. Progress
 * is marked only after Kafka acknowledged, so nothing is lost; what was published but not yet marked when the process
 * died is published again, and the consumers' inbox drops it.
 *
 * <p>One instance holds the replication slot; the others look every half second whether it became free. Whatever ends
 * the engine (Postgres or Kafka away, an error) the loop starts it again.
 */
final class OutboxRelay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration CLOSE_AGAIN = Duration.ofMillis(200);

    private final RelaySlot slot;
    private final OutboxReplay replay;
    private final Properties engineConfiguration;
    private final Supplier<Producer<String, byte @Nullable []>> producers;
    private final Duration standbyInterval;
    private final Counter relayed;
    private final Counter mute;
    private final AtomicReference<@Nullable DebeziumEngine<?>> engine = new AtomicReference<>();

    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread loop;
    private volatile boolean publishing;
    private volatile long engineStart;

    OutboxRelay(
            RelaySlot slot,
            OutboxReplay replay,
            Properties engineConfiguration,
            Supplier<Producer<String, byte @Nullable []>> producers,
            Duration standbyInterval,
            MeterRegistry metrics) {
        this.slot = slot;
        this.replay = replay;
        this.engineConfiguration = engineConfiguration;
        this.producers = producers;
        this.standbyInterval = standbyInterval;
        this.relayed = Counter.builder("amrutam.outbox.relayed")
                .description("Events handed to Kafka and acknowledged")
                .register(metrics);
        this.mute = Counter.builder("amrutam.outbox.relay.mute")
                .description("Engines that were alive and read nothing, and were started again")
                .register(metrics);
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        stopping = new CountDownLatch(1);
        loop = Thread.ofPlatform().name("outbox-relay").daemon().start(this::relayUntilStopped);
    }

    @Override
    public void stop() {
        stopping.countDown();
        var thread = loop;
        loop = null;
        try {
            var deadline = System.nanoTime() + STOP.toNanos();
            // An engine that is only starting refuses to close, and has to be asked again.
            do {
                closeEngine();
            } while (thread != null && !thread.join(CLOSE_AGAIN) && System.nanoTime() < deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    /** Starts after and stops before nothing in particular: events wait in the table either way. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void relayUntilStopped() {
        while (stopping.getCount() > 0) {
            try {
                slot.ensure();
                if (slot.state().filter(state -> !state.active()).isPresent()) {
                    // In this order: what the log will bring is newer than what is in the table now.
                    replay.replayAll();
                    relayUntilEngineEnds();
                }
            } catch (DataAccessException e) {
                log.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .log("Postgres does not answer the relay; trying again");
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("The relay failed; starting it again");
            }
            pause();
        }
    }

    private void relayUntilEngineEnds() {
        try (var producer = producers.get()) {
            var running = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                    .using(engineConfiguration)
                    .using((success, message, error) -> {
                        if (!success) {
                            log.atWarn()
                                    .setCause(error)
                                    .addKeyValue("cause", message)
                                    .log("The relay's engine ended");
                        }
                    })
                    .notifying((events, committer) -> relay(events, committer, producer))
                    .build();
            engineStart = System.nanoTime();
            engine.set(running);
            if (stopping.getCount() > 0) {
                log.atInfo().addKeyValue("slot", slot.name()).log("Relaying the outbox");
                running.run();
            }
        } finally {
            closeEngine();
            engine.set(null);
        }
    }

    private void relay(
            List<RecordChangeEvent<SourceRecord>> events,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer,
            Producer<String, byte @Nullable []> producer)
            throws InterruptedException {
        publishing = true;
        try {
            publish(events, committer, producer);
        } finally {
            publishing = false;
        }
    }

    private void publish(
            List<RecordChangeEvent<SourceRecord>> events,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer,
            Producer<String, byte @Nullable []> producer)
            throws InterruptedException {
        var acknowledgements = new ArrayList<Future<?>>(events.size());
        for (var event : events) {
            // Marks come through here too, and carry no row; they only move the slot on.
            if (event.record().value() instanceof Struct change
                    && change.schema().field("after") != null
                    && change.getStruct("after") != null) {
                acknowledgements.add(OutboxRecord.send(recordOf(change.getStruct("after")), producer));
            }
        }
        for (var acknowledgement : acknowledgements) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "Kafka did not take an event; the engine starts again from the last mark", e);
            }
        }
        // The last stands for all: a place in the log says that all before it is done.
        committer.markProcessed(events.getLast());
        committer.markBatchFinished();
        relayed.increment(acknowledgements.size());
    }

    private static ProducerRecord<String, byte @Nullable []> recordOf(Struct row) {
        return OutboxRecord.of(
                row.getString("id"),
                row.getString("topic"),
                row.getString("key"),
                bytes(row.get("payload")),
                row.getString("traceparent"),
                row.getString("occurred_at"));
    }

    private static byte @Nullable [] bytes(@Nullable Object column) {
        return switch (column) {
            case null -> null;
            case byte[] array -> array;
            case ByteBuffer buffer -> {
                var array = new byte[buffer.remaining()];
                buffer.duplicate().get(array);
                yield array;
            }
            default -> throw new IllegalStateException("payload arrived as " + column.getClass());
        };
    }

    /**
     * Ends the engine, for the loop to start it again, if it relays and is not waiting for Kafka: a connection that died
     * unnoticed leaves it alive and deaf.
     */
    void startAgainIfMute(Duration muteAfter) {
        if (engine.get() != null && !publishing && System.nanoTime() - engineStart > muteAfter.toNanos()) {
            mute.increment();
            log.atError().addKeyValue("slot", slot.name()).log("The relay reads nothing; starting its engine again");
            closeEngine();
        }
    }

    private void closeEngine() {
        var running = engine.get();
        if (running != null) {
            try {
                running.close();
            } catch (IOException | IllegalStateException e) {
                log.atDebug().setCause(e).log("The relay's engine was already closing");
            }
        }
    }

    private void pause() {
        try {
            if (stopping.await(standbyInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
