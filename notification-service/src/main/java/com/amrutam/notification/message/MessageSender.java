package com.amrutam.notification.message;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends queued messages as soon as they are committed: woken in this instance by the commit, and looking by itself for
 * what another instance left behind or what is due again.
 */
@Component
class MessageSender implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MessageSender.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looked up late: the one who queues needs the sender, and the sender what it queued. */
    private final ObjectProvider<SendMessage> sendMessage;

    private final Semaphore wakeUps = new Semaphore(0);
    private volatile @Nullable Thread loop;

    MessageSender(ObjectProvider<SendMessage> sendMessage) {
        this.sendMessage = sendMessage;
    }

    /** Says that there is something to send. */
    void wake() {
        wakeUps.release();
    }

    @Override
    public void start() {
        // Known before it runs: the thread ends itself when it finds that it is not the loop.
        var thread = Thread.ofVirtual().name("message-sender").unstarted(this::sendUntilStopped);
        loop = thread;
        thread.start();
    }

    @Override
    public void stop() {
        var running = loop;
        loop = null;
        wake();
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    private void sendUntilStopped() {
        var sending = sendMessage.getObject();
        while (loop != null) {
            try {
                // One permit or a second's wait starts a round; the permits that piled up meanwhile are one round too.
                var woken = wakeUps.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    wakeUps.drainPermits();
                }
                while (loop != null && sending.sendNext()) {}
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("Messages could not be sent; looking again in a second");
            }
        }
    }
}
