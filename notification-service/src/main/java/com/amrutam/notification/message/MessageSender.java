package com.amrutam.notification.message;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
    private final int senders;
    private volatile List<Thread> loops = List.of();
    private volatile boolean running;

    MessageSender(ObjectProvider<SendMessage> sendMessage, SenderProperties properties) {
        this.sendMessage = sendMessage;
        this.senders = properties.senders();
    }

    /** Says that there is something to send. More wake-ups than senders would only have them look in vain. */
    void wake() {
        if (wakeUps.availablePermits() < senders) {
            wakeUps.release();
        }
    }

    @Override
    public void start() {
        running = true;
        loops = IntStream.range(0, senders)
                .mapToObj(number ->
                        Thread.ofVirtual().name("message-sender-" + number).start(this::sendUntilStopped))
                .toList();
    }

    @Override
    public void stop() {
        running = false;
        wakeUps.release(senders);
        for (var loop : loops) {
            try {
                loop.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        loops = List.of();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void sendUntilStopped() {
        var sending = sendMessage.getObject();
        while (running) {
            try {
                if (!wakeUps.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.atTrace().log("Not woken; looking all the same");
                }
                while (running && sending.sendNext()) {}
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("Messages could not be sent; looking again in a second");
            }
        }
    }
}
