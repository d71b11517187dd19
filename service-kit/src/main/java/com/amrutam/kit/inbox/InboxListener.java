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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.GenericMessageListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes records off the topics of one bean and hands each event in once. */
final class InboxListener {
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

    /** As many as share a transaction at most. */
    private static final int TOGETHER = 100;

    private final @Nullable HandledTogether together;
    private final Map<Topic, EventHandler> handlers;
    private final EventCodec codec;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<Topic, Timer> delays;

    /** @param bean whose methods the handlers are */
    InboxListener(
            Object bean,
            Map<Topic, EventHandler> handlers,
            EventCodec codec,
            Inbox inbox,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.together = bean instanceof HandledTogether whole ? whole : null;
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

    /** What a container calls: with each record, or with all it got at once where their events are handled together. */
    GenericMessageListener<?> forContainer() {
        return together == null
                ? (MessageListener<String, byte[]>) message -> handle(List.of(message))
                : (BatchMessageListener<String, byte[]>) this::handleTogether;
    }

    private void handleTogether(List<ConsumerRecord<String, byte[]>> messages) {
        for (int first = 0; first < messages.size(); first += TOGETHER) {
            var some = messages.subList(first, Math.min(first + TOGETHER, messages.size()));
            if (some.size() == 1 || !isHandled(some)) {
                handleOneByOne(some, first);
            }
        }
    }

    private boolean isHandled(List<ConsumerRecord<String, byte[]>> messages) {
        try {
            handle(messages);
            return true;
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("Events cannot all be handled together; each is handled by itself");
            return false;
        }
    }

    /** @param first the place of the first of these among all that came */
    private void handleOneByOne(List<ConsumerRecord<String, byte[]>> messages, int first) {
        for (int index = 0; index < messages.size(); index++) {
            try {
                handle(messages.subList(index, index + 1));
            } catch (RuntimeException e) {
                throw new BatchListenerFailedException("An event could not be handled", e, first + index);
            }
        }
    }

    private record Received(SpecificRecord event, EventMetadata metadata, Trace trace) {}

    private void handle(List<ConsumerRecord<String, byte[]>> messages) {
        var received = messages.stream()
                // A tombstone tells the topic's compaction, not us; erasure has an event of its own.
                .filter(message -> message.value() != null)
                .map(this::decode)
                .toList();
        if (received.isEmpty()) {
            return;
        }
        var handled = Objects.requireNonNull(transaction.execute(status -> handleNew(received)));
        handled.forEach(one -> noteDelay(one.metadata()));
    }

    private Received decode(ConsumerRecord<String, byte[]> message) {
        var topic = Topic.named(message.topic());
        var event = codec.decode(topic, message.value());
        var sender = header(message, Trace.HEADER);
        // Of many together each has a trace of its own, whatever an agent has begun for all of them.
        return new Received(
                event, metadata(topic, message), together == null ? Trace.continued(sender) : Trace.named(sender));
    }

    private List<Received> handleNew(List<Received> received) {
        var unseen = inbox.newOf(
                received.stream().map(one -> one.metadata().eventId()).toList());
        var left = received.stream()
                .filter(one -> unseen.remove(one.metadata().eventId()))
                .toList();
        if (left.size() < received.size()) {
            log.atDebug().addKeyValue("events", received.size() - left.size()).log("Events were handled before");
        }
        for (var one : leftByBean(left)) {
            try (var _ = one.trace().open()) {
                Objects.requireNonNull(handlers.get(one.metadata().topic())).handle(one.event(), one.metadata());
            }
        }
        return left;
    }

    private List<Received> leftByBean(List<Received> received) {
        if (together == null || received.isEmpty()) {
            return received;
        }
        // Two events may say the same, and be equal.
        var left = Collections.<SpecificRecord>newSetFromMap(new IdentityHashMap<>());
        left.addAll(together.handleAtOnce(received.stream().map(Received::event).toList()));
        return received.stream().filter(one -> left.contains(one.event())).toList();
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
