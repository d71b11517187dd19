package com.amrutam.kit.outbox;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.Sizeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue between Debezium's two threads, in memory as the one it brings. Debezium's reader asks it for its size
 * without a pause for the last millisecond of every poll (ChangeEventQueue.poll in 3.6: nothing remains of the interval,
 * in whole milliseconds, and it has not expired yet), which at a hundred polls a second is a tenth of a core. So who
 * finds it empty and asks again at once is made to wait.
 *
 * @param <T> what is queued. Debezium calls this under a lock of its own, one thread at a time
 */
public final class CalmQueue<T extends Sizeable> implements QueueProvider<T> {
    static final String NAME = "calm";
    /** Debezium's other thread may wait as long for the lock. */
    private static final Duration NAP = Duration.ofNanos(500_000);

    private static final Duration AT_ONCE = Duration.ofNanos(100_000);

    private final Queue<T> events = new ArrayDeque<>();
    private @Nullable Thread writer;
    private long foundEmpty = System.nanoTime() - AT_ONCE.toNanos();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Map<String, ?> properties) {
        // How full it may get decides the caller.
    }

    @Override
    public void enqueue(T event) {
        writer = Thread.currentThread();
        events.add(event);
    }

    @Override
    public @Nullable T poll() {
        return events.poll();
    }

    @Override
    public int size() {
        if (events.isEmpty() && Thread.currentThread() != writer) {
            if (System.nanoTime() - foundEmpty < AT_ONCE.toNanos()) {
                LockSupport.parkNanos(NAP.toNanos());
            }
            foundEmpty = System.nanoTime();
        }
        return events.size();
    }
}
