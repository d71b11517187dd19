package com.amrutam.notification.message;

import com.amrutam.notification.message.Receipts.Settled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what became of messages, and says it in the log. */
@Component
class MessageMetrics {
    private static final Logger log = LoggerFactory.getLogger(MessageMetrics.class);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry metrics;

    MessageMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void count(List<Outcome> outcomes) {
        outcomes.forEach(this::count);
    }

    void receipted(List<Settled> settled) {
        settled.forEach(receipt ->
                count("amrutam.message.receipts", receipt.message(), receipt.arrived() ? "delivered" : "undelivered"));
    }

    private void count(String counter, Message message, String outcome) {
        metrics.counter(
                        counter,
                        "channel",
                        message.channel().name(),
                        "kind",
                        message.kind().name(),
                        "outcome",
                        outcome)
                .increment();
    }

    private void count(Outcome outcome) {
        var message = outcome.message();
        // Each message once, when it is decided: objectives are held against the sum.
        if (!(outcome instanceof Outcome.Postponed)) {
            count("amrutam.messages", message, outcome.reason());
        }
        if (outcome instanceof Outcome.Sent sent) {
            delay(message).record(Duration.between(message.dueAt(), sent.at()));
        }
        var line = switch (outcome) {
            case Outcome.Sent _, Outcome.Postponed _, Outcome.Suppressed _ -> log.atInfo();
            case Outcome.GivenUp _ -> log.atError();
        };
        line.addKeyValue("messageId", message.id())
                .addKeyValue("kind", message.kind())
                .addKeyValue("outcome", outcome.reason())
                .log("What became of a message");
    }

    private Timer delay(Message message) {
        return Timer.builder("amrutam.message.delay")
                .description(
                        "From the event a message tells of, or the end of the quiet hours after it, to the moment a"
                                + " provider had it")
                .tag("channel", message.channel().name())
                .tag("kind", message.kind().name())
                .serviceLevelObjectives(BUCKETS)
                .register(metrics);
    }
}
