package com.amrutam.doctor.stream;

import com.amrutam.doctor.notice.Hearer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Wakes those who watch a doctor when Postgres says that one of the doctor's slots has changed. */
@Component
class Watchers implements Hearer, SmartLifecycle {
    private final Map<UUID, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private volatile boolean running;

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
        return !running;
    }

    @Override
    public String channel() {
        return "slot_change";
    }

    @Override
    public void heard(List<String> doctorIds) {
        for (var doctorId : doctorIds) {
            watchers.getOrDefault(UUID.fromString(doctorId), Set.of()).forEach(watcher -> watcher.news.release());
        }
    }

    /** What happened while nobody listened is in the table. */
    @Override
    public void hearing() {
        wakeAll();
    }

    @Override
    public void deaf() {}

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        wakeAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Streams end before the web server waits for what is in flight. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void wakeAll() {
        watchers.values().forEach(all -> all.forEach(watcher -> watcher.news.release()));
    }
}
