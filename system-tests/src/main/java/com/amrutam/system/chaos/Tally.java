package com.amrutam.system.chaos;

import java.time.Duration;

/** Counts, and tells who waits for it. */
final class Tally {
    private int count;

    synchronized void add() {
        count++;
        notifyAll();
    }

    synchronized int count() {
        return count;
    }

    /** Waits until so many more were counted; false when that took too long. */
    synchronized boolean awaitMore(int more, Duration patience) throws InterruptedException {
        int wanted = count + more;
        var end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis();
                count < wanted && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return count >= wanted;
    }
}
