package com.amrutam.notification.message;

import com.amrutam.notification.message.Messages.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of one urgency on their way: claimed many in one statement, then each sent by a thread of its own. A message
 * keeps its place until what became of it is recorded, so that a slow database slows the sending too.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** How long to let places come free, so that one statement claims for many of them. */
    private static final Duration GATHER = Duration.ofMillis(10);

    /** Takes as many waiting messages as it is told, or fewer. */
    interface Claim {
        List<Claimed> take(int most);
    }

    private final String name;
    private final int size;
    private final int wanted;
    private final Duration linger;
    private final Claim claim;
    private final Consumer<Claimed> sending;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;

    /**
     * @param size how many messages at a time
     * @param wanted how many free places are worth a statement when the lane is busy
     * @param linger how long a message may wait for others to be claimed in the same statement
     * @param sending sends one and sees to it that {@link #release} is called in the end
     */
    Lane(String name, int size, int wanted, Duration linger, Claim claim, Consumer<Claimed> sending) {
        this.name = name;
        this.size = size;
        this.wanted = wanted;
        this.linger = linger;
        this.claim = claim;
        this.sending = sending;
        this.places = new Semaphore(size);
    }

    Thread start() {
        running = true;
        return Thread.ofVirtual().name("messages-" + name).start(this::sendUntilStopped);
    }

    /** Says that there is something to send. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** One message less on its way. */
    void release() {
        places.release();
    }

    void stop() {
        running = false;
        wakeUps.release();
    }

    /** Waits until nothing is on its way any more; false when that took too long. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        return places.tryAcquire(size, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendUntilStopped() {
        while (running) {
            try {
                if (!sendSome()) {
                    // Looks by itself for what another instance left behind or what is due again.
                    if (wakeUps.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                        Thread.sleep(linger);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** True when more may be waiting. */
    private boolean sendSome() throws InterruptedException {
        places.acquire();
        int free = 1;
        if (wanted > 1 && places.tryAcquire(wanted - 1, GATHER.toMillis(), TimeUnit.MILLISECONDS)) {
            free += wanted - 1;
        }
        free += places.drainPermits();
        var claimed = List.<Claimed>of();
        try {
            claimed = running ? claim.take(free) : claimed;
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Messages could not be claimed; looking again in a second");
        } finally {
            places.release(free - claimed.size());
        }
        for (var message : claimed) {
            Thread.ofVirtual().name("message").start(() -> sending.accept(message));
        }
        return claimed.size() == free;
    }
}
