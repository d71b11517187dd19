package com.amrutam.doctor.stream;

import com.amrutam.kit.data.PoolsProperties;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Wakes those who watch a doctor when Postgres says that one of the doctor's slots has changed. */
@Component
class Watchers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int LOOK_UP_MILLIS = 1_000;

    private final PoolsProperties database;
    private final Map<UUID, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private volatile CountDownLatch stopping = new CountDownLatch(0);

    Watchers(PoolsProperties database) {
        this.database = database;
    }

    /** Somebody who watches one doctor, until closed. */
    final class Watcher implements AutoCloseable {
        private final UUID doctorId;
        private final Semaphore news = new Semaphore(0);

        private Watcher(UUID doctorId) {
            this.doctorId = doctorId;
        }

        /** Returns when there may be news, or the time is over. */
        void await(Duration time) throws InterruptedException {
            if (news.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }

        @Override
        public void close() {
            watchers.computeIfPresent(doctorId, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    Watcher watch(UUID doctorId) {
        var watcher = new Watcher(doctorId);
        watchers.compute(doctorId, (id, all) -> {
            var set = all == null ? ConcurrentHashMap.<Watcher>newKeySet() : all;
            set.add(watcher);
            return set;
        });
        return watcher;
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("slot-watchers").start(this::listenUntilStopped);
    }

    @Override
    public void stop() {
        stopping.countDown();
        wakeAll();
    }

    @Override
    public boolean isRunning() {
        return !isStopping();
    }

    /** Streams end before the web server waits for what is in flight. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void listenUntilStopped() {
        while (!isStopping()) {
            try (var connection = connect()) {
                listen(connection);
            } catch (SQLException e) {
                log.atWarn().addKeyValue("cause", e.getMessage()).log("Slot changes are not heard of; trying again");
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen slot_change");
        }
        // What happened while nobody listened is in the table.
        wakeAll();
        var postgres = connection.unwrap(PGConnection.class);
        while (!isStopping()) {
            for (var notification : postgres.getNotifications(LOOK_UP_MILLIS)) {
                wake(UUID.fromString(notification.getParameter()));
            }
        }
    }

    private Connection connect() throws SQLException {
        // Not from a pool: it is held for good, and a pool would reset what it listens to.
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }

    private void wake(UUID doctorId) {
        watchers.getOrDefault(doctorId, Set.of()).forEach(watcher -> watcher.news.release());
    }

    private void wakeAll() {
        watchers.values().forEach(all -> all.forEach(watcher -> watcher.news.release()));
    }

    private void pause() {
        try {
            // Over at once when the service stops.
            var stopped = stopping.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atDebug().addKeyValue("stopped", stopped).log("Looking for Postgres again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
