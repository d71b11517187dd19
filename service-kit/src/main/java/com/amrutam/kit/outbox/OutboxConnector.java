package com.amrutam.kit.outbox;

import io.debezium.config.Configuration;
import io.debezium.connector.base.QueueProvider;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.service.spi.ServiceProvider;
import io.debezium.service.spi.ServiceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's connector for Postgres, but for one thing: it hands over what was read as soon as it is there, and where much is
 * there, at short intervals. Debezium's own queue waits out the poll interval for a batch that is full, and spins through the
 * last millisecond of it, which was six sevenths of what an idle relay cost. Public because Debezium makes it by name.
 */
public final class OutboxConnector extends PostgresConnector {
    /** The most that is handed over at once; also what may wait for Kafka in memory. */
    static final int BATCH = 8192;

    static final int QUEUE = 2 * BATCH;

    @Override
    public Class<? extends Task> taskClass() {
        return TailingTask.class;
    }

    /** Public because Debezium makes it by name. */
    public static final class TailingTask extends PostgresConnectorTask {
        /** How soon a failure of the thread that reads the log is noticed. */
        private static final Duration LOOK_FOR_FAILURE = Duration.ofMillis(500);
        /**
         * A batch costs Postgres a transaction for the relay's progress, the broker a write, and each of its readers a read
         * and a transaction. An event that comes alone waits for nothing; where they come thick and fast, those of so long
         * a time share these costs.
         */
        private static final Duration SHORTEST_SPACING = Duration.ofMillis(20);
        /** Where there is so much to do that nobody gets to an event sooner, five times as many share them. */
        private static final Duration LONGEST_SPACING = Duration.ofMillis(100);
        /** For each event of the batch before: from 250 events a second on, the spacing grows. */
        private static final Duration SPACING_PER_EVENT = Duration.ofMillis(4);

        private final Arrivals arrivals = new Arrivals();
        private long next = System.nanoTime();

        @Override
        protected void registerServiceProviders(ServiceRegistry services) {
            super.registerServiceProviders(services);
            services.registerServiceProvider(arrivals);
        }

        @Override
        public List<SourceRecord> doPoll() throws InterruptedException {
            var first = arrivals.await(LOOK_FOR_FAILURE);
            if (first == null) {
                // Throws what ended the reading thread, if anything did.
                return super.doPoll();
            }
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            var events = new ArrayList<DataChangeEvent>();
            events.add(first);
            arrivals.drainTo(events);
            next = System.nanoTime()
                    + Math.clamp(
                            events.size() * SPACING_PER_EVENT.toNanos(),
                            SHORTEST_SPACING.toNanos(),
                            LONGEST_SPACING.toNanos());
            return events.stream().map(DataChangeEvent::getRecord).toList();
        }
    }

    /** Between the thread that reads the log and the one that publishes. */
    private static final class Arrivals
            implements QueueProvider<DataChangeEvent>, ServiceProvider<QueueProviderService> {
        private final ArrayBlockingQueue<DataChangeEvent> events = new ArrayBlockingQueue<>(QUEUE);

        @Nullable
        DataChangeEvent await(Duration patience) throws InterruptedException {
            return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        void drainTo(List<DataChangeEvent> batch) {
            events.drainTo(batch, BATCH - batch.size());
        }

        @Override
        public void enqueue(DataChangeEvent event) throws InterruptedException {
            events.put(event);
        }

        @Override
        public @Nullable DataChangeEvent poll() {
            return events.poll();
        }

        @Override
        public int size() {
            return events.size();
        }

        @Override
        public String name() {
            return "arrivals";
        }

        @Override
        public void configure(Map<String, ?> configuration) {
            // Made ready by whoever made it.
        }

        @Override
        public Class<QueueProviderService> getServiceClass() {
            return QueueProviderService.class;
        }

        @Override
        public QueueProviderService createService(Configuration configuration, ServiceRegistry services) {
            return new QueueProviderService(this);
        }
    }
}
