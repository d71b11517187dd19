package com.amrutam.system.chaos;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets people come and go, has them all leave for a check, and lets them in again. */
final class Gate {
    private final ReentrantReadWriteLock visits = new ReentrantReadWriteLock(true);
    private final Object bell = new Object();
    private boolean isClosing;
    private boolean isOver;

    /** Waits until the gate is open; false when it will not be any more. */
    boolean enter() {
        visits.readLock().lock();
        synchronized (bell) {
            if (isOver) {
                visits.readLock().unlock();
                return false;
            }
            return true;
        }
    }

    void leave() {
        visits.readLock().unlock();
    }

    /** Waits for so long, less when the gate is about to close; true when it is. */
    boolean isClosingWithin(Duration time) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        synchronized (bell) {
            for (long left = time.toMillis(); !isClosing && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                bell.wait(left);
            }
            return isClosing;
        }
    }

    /** Asks everybody to finish what they are at, and returns when all have left. */
    void close() {
        ring(true, false);
        visits.writeLock().lock();
    }

    void open() {
        ring(false, false);
        visits.writeLock().unlock();
    }

    /** Asks everybody to finish, for good. */
    void end() {
        ring(true, true);
        if (visits.isWriteLockedByCurrentThread()) {
            visits.writeLock().unlock();
        }
    }

    private void ring(boolean closing, boolean over) {
        synchronized (bell) {
            isClosing = closing;
            isOver = over;
            bell.notifyAll();
        }
    }
}
