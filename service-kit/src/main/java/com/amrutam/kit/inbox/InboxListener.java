package com.amrutam.kit.inbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.outbox.EventHeaders;
import com.amrutam.kit.web.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes records off the topics of one bean and hands each event in once. */
final class InboxListener implements MessageListener<String, byte[]> {
    private static final Logger log = LoggerFactory.getLogger(InboxListener.class);

    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    /** Fine where delays usually are; 5 s is the objective. */
    private static final Duration[] DELAYS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(30),
        Duration.ofMillis(50),
        Duration.ofMillis(75),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };
    /** What clocks may differ by; an event further ahead is handled all the same, but its writer's clock is wrong. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Map<Topic, EventHandler> handlers;
    private final EventCodec codec;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<Topic, Timer> delays;

    InboxListener(
            Map<Topic, EventHandler> handlers,
            EventCodec codec,
            Inbox inbox,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.handlers = handlers;
        this.codec = codec;
        this.inbox = inbox;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.delays = handlers.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(topic -> topic, topic -> delay(topic, metrics)));
        handlers.keySet().forEach(topic -> DeadLetters.parked(topic.topicName(), metrics));
    }

    private static Timer delay(Topic topic, MeterRegistry metrics) {
        return Timer.builder("amrutam.event.delay")
                .description("From an event's occurrence to the end of its first handling here")
                .tag("topic", topic.topicName())
                .serviceLevelObjectives(DELAYS)
                .register(metrics);
    }

    /** The topics to subscribe to. */
    String[] topicNames() {
        return handlers.keySet().stream().map(Topic::topicName).toArray(String[]::new);
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            // A tombstone tells the topic's compaction, not us; erasure has an event of its own.
            return;
        }
        try (var _ = Trace.continued(header(message, Trace.HEADER)).open()) {
            var topic = Topic.named(message.topic());
            var event = codec.decode(topic, message.value());
            var metadata = metadata(topic, message);
            boolean wasNew = Boolean.TRUE.equals(transaction.execute(status -> {
                if (!inbox.isNew(metadata.eventId())) {
                    log.atDebug().addKeyValue("eventId", metadata.eventId()).log("Event was handled before");
                    return false;
                }
                Objects.requireNonNull(handlers.get(topic)).handle(event, metadata);
                return true;
            }));
            if (wasNew) {
                noteDelay(metadata);
            }
        }
    }

    /** Whatever an event says of its time, a timer must be able to take it. */
    private void noteDelay(EventMetadata metadata) {
        var delay = Duration.between(metadata.occurredAt(), clock.instant());
        if (delay.compareTo(CLOCK_SKEW.negated()) < 0) {
            metrics.counter("amrutam.events.early", "topic", metadata.topic().topicName())
                    .increment();
            log.atWarn()
                    .addKeyValue("topic", metadata.topic().topicName())
                    .addKeyValue("eventId", metadata.eventId())
                    .addKeyValue("occurredAt", metadata.occurredAt())
                    .log("Event from the future handled like any other; somebody's clock is wrong");
        }
        Objects.requireNonNull(delays.get(metadata.topic()))
                .record(
                        delay.isNegative()
                                ? Duration.ZERO
                                : delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
    }

    private static EventMetadata metadata(Topic topic, ConsumerRecord<String, byte[]> message) {
        try {
            return new EventMetadata(
                    UUID.fromString(required(message, EventHeaders.EVENT_ID)),
                    topic,
                    message.key(),
                    Instant.parse(required(message, EventHeaders.OCCURRED_AT)));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new UnusableEvent("A header of the event is missing or wrong", e);
        }
    }

    private static String required(ConsumerRecord<String, byte[]> message, String name) {
        var value = header(message, name);
        if (value == null) {
            throw new UnusableEvent("The event has no header " + name, null);
        }
        return value;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A record that no retry makes usable. */
    static final class UnusableEvent extends RuntimeException {
        UnusableEvent(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
