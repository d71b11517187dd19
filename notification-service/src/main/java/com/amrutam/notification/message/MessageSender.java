package com.amrutam.notification.message;

import com.amrutam.kit.web.Trace;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.message.Messages.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends queued messages as soon as they are committed. A message is claimed (SENDING) in a transaction of its own before
 * a provider hears of it, and what became of it is recorded in another one after; between them no connection is held. If
 * the process dies in between, the claim remains and says that the message may have gone out.
 */
@Component
class MessageSender implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MessageSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int RECORDED_AT_ONCE = 200;
    /** How long what became of one message may wait to be recorded together with others: nobody waits for it. */
    private static final Duration UNTIL_RECORDED = Duration.ofMillis(20);
    /** Somebody waits for a code; nobody sees whether other messages come so much later. */
    private static final Duration NEWS_LINGER = Duration.ofMillis(20);

    private final SendMessage sendMessage;
    private final RecordOutcomes recordOutcomes;
    private final Messages messages;
    private final MessageMetrics metrics;
    private final Clock clock;
    private final Lane codes;
    private final Lane news;
    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
    private volatile List<Thread> lanes = List.of();
    private volatile @Nullable Thread recorder;
    private volatile boolean running;

    MessageSender(
            SendMessage sendMessage,
            RecordOutcomes recordOutcomes,
            Messages messages,
            MessageMetrics metrics,
            Clock clock,
            SenderProperties properties) {
        this.sendMessage = sendMessage;
        this.recordOutcomes = recordOutcomes;
        this.messages = messages;
        this.metrics = metrics;
        this.clock = clock;
        var patience = properties.abandonedAfter();
        this.codes = new Lane(
                "codes",
                properties.codesAtOnce(),
                1,
                Duration.ZERO,
                most -> messages.claimCodes(most, patience),
                claimed -> send(claimed, true));
        this.news = new Lane(
                "news",
                properties.newsAtOnce(),
                Math.max(1, properties.newsAtOnce() / 4),
                NEWS_LINGER,
                most -> messages.claimNews(most, patience),
                claimed -> send(claimed, false));
    }

    /** @param outcome to be recorded; then the message's place in its lane is free again */
    private record Attempt(Outcome outcome, Lane lane) {}

    /** Says that there is something to send. */
    void wake(boolean isCode) {
        (isCode ? codes : news).wake();
    }

    @Override
    public void start() {
        running = true;
        recorder = Thread.ofVirtual().name("messages-recorder").start(this::recordUntilStopped);
        lanes = List.of(codes.start(), news.start());
    }

    /** What is on its way arrives, and is recorded. */
    @Override
    public void stop() {
        try {
            codes.stop();
            news.stop();
            for (var lane : lanes) {
                lane.join(PATIENCE);
            }
            if (!codes.awaitEmpty(PATIENCE) || !news.awaitEmpty(PATIENCE)) {
                log.atWarn().log("Some messages are still on their way; another instance will find them abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
            var recording = recorder;
            if (recording != null) {
                recording.interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void send(Claimed claimed, boolean isCode) {
        Outcome outcome;
        try (var _ = Trace.continued(claimed.message().traceparent()).open()) {
            outcome = sendMessage.send(claimed);
        } catch (RuntimeException e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("messageId", claimed.message().id())
                    .log("Sending failed in a way nobody expected; whether the message went out is not known");
            outcome = SendMessage.abandoned(claimed.message(), clock.instant());
        }
        attempts.add(new Attempt(outcome, isCode ? codes : news));
    }

    private void recordUntilStopped() {
        try {
            while (running) {
                var batch = new ArrayList<Attempt>();
                batch.add(attempts.take());
                Thread.sleep(UNTIL_RECORDED);
                attempts.drainTo(batch, RECORDED_AT_ONCE - 1);
                recordSomehow(batch.stream().map(Attempt::outcome).toList());
                batch.forEach(attempt -> attempt.lane().release());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a database that is away. What it does not want for another reason must not hold up the rest. */
    private void recordSomehow(List<Outcome> outcomes) throws InterruptedException {
        while (true) {
            try {
                record(outcomes);
                return;
            } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
                log.atWarn().setCause(e).log("What became of messages could not be recorded; trying again in a second");
                Thread.sleep(RETRY);
            } catch (RuntimeException e) {
                if (outcomes.size() == 1) {
                    log.atError()
                            .setCause(e)
                            .addKeyValue(
                                    "messageId", outcomes.getFirst().message().id())
                            .log("What became of a message cannot be recorded; it will count as abandoned");
                    return;
                }
                for (var outcome : outcomes) {
                    recordSomehow(List.of(outcome));
                }
                return;
            }
        }
    }

    private void record(List<Outcome> outcomes) {
        var recorded = recordOutcomes.record(outcomes);
        metrics.count(recorded);
        if (recorded.stream().anyMatch(MessageSender::mayHaveQueuedAnother)) {
            codes.wake();
        }
    }

    private static boolean mayHaveQueuedAnother(Outcome outcome) {
        return outcome instanceof Outcome.GivenUp givenUp
                && givenUp.message().isCode()
                && givenUp.message().channel() == ChannelName.SMS;
    }

    /** Settles what a sender that died has left behind, in any instance. */
    @Scheduled(fixedDelayString = "PT1S")
    void settleAbandoned() {
        var now = clock.instant();
        var outcomes = messages.abandoned(RECORDED_AT_ONCE).stream()
                .map(message -> SendMessage.abandoned(message, now))
                .toList();
        if (!outcomes.isEmpty()) {
            log.atWarn().addKeyValue("messages", outcomes.size()).log("A sender died; what it had begun is settled");
            record(outcomes);
        }
    }
}
