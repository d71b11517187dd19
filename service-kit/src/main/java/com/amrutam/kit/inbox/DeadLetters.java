package com.amrutam.kit.inbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.TransactionException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What happens to an event that could not be handled: tried again with growing pauses while that may help, then parked
 * in its dead-letter topic with the cause in its headers, so that the partition moves on.
 */
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Whatever a topic was made to take, its dead letters must take, causes in their headers included. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Names the fault: the same for all letters that failed in the same place in the same way. */
    static final String STACK_DIGEST = "stack-digest";

    private static final int DIGEST_CHARACTERS = 12;

    private final KafkaOperations<String, byte[]> kafka;
    private final KafkaAdmin admin;
    private final InboxProperties properties;
    private final MeterRegistry metrics;
    private final Set<String> existing = ConcurrentHashMap.newKeySet();

    DeadLetters(
            KafkaOperations<String, byte[]> kafka,
            KafkaAdmin admin,
            InboxProperties properties,
            MeterRegistry metrics) {
        this.kafka = kafka;
        this.admin = admin;
        this.properties = properties;
        this.metrics = metrics;
    }

    /** Registered for each topic before anything is parked: a series that begins with one shows no increase. */
    static Counter parked(String topic, MeterRegistry metrics) {
        return Counter.builder("amrutam.events.parked")
                .description("Events put into a dead-letter topic")
                .tag("topic", topic)
                .register(metrics);
    }

    DefaultErrorHandler errorHandler() {
        var parking = new DeadLetterPublishingRecoverer(kafka, this::park);
        parking.addHeadersFunction((message, e) ->
                new RecordHeaders().add(STACK_DIGEST, stackDigest(e).getBytes(StandardCharsets.UTF_8)));
        var handler =
                new DefaultErrorHandler(parking, pauses(properties.retryFor().toMillis()));
        // What was fetched beside the failed one is kept, not fetched again.
        handler.setSeekAfterError(false);
        handler.addNotRetryableExceptions(EventCodec.Undecodable.class, InboxListener.UnusableEvent.class);
        var untilItIsBack = pauses(Long.MAX_VALUE);
        handler.setBackOffFunction((message, e) -> isInfrastructureAway(e) ? untilItIsBack : null);
        return handler;
    }

    private TopicPartition park(ConsumerRecord<?, ?> message, Exception e) {
        var deadLetterTopic = Topic.named(message.topic()).deadLetterTopic(properties.group());
        if (existing.add(deadLetterTopic)) {
            admin.createOrModifyTopics(TopicBuilder.name(deadLetterTopic)
                    .partitions(1)
                    .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_BYTES))
                    .build());
        }
        parked(message.topic(), metrics).increment();
        log.atError()
                .setCause(NestedExceptionUtils.getMostSpecificCause(e))
                .addKeyValue("topic", message.topic())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset())
                .addKeyValue("deadLetterTopic", deadLetterTopic)
                .addKeyValue("stackDigest", stackDigest(e))
                .log("Event parked in its dead-letter topic; replay it once the cause is gone");
        return new TopicPartition(deadLetterTopic, 0);
    }

    /** Of the cause's type and of where it was thrown; messages, which differ by event, are left out. */
    private static String stackDigest(Throwable e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        var text = new StringBuilder(cause.getClass().getName());
        for (var frame : cause.getStackTrace()) {
            text.append('\n').append(frame.getClassName()).append('.').append(frame.getMethodName());
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }

    private static BackOff pauses(long maxElapsedMillis) {
        var pauses = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
        pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
        pauses.setMaxElapsedTime(maxElapsedMillis);
        return pauses;
    }

    private static boolean isInfrastructureAway(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaRegistry.RegistryUnavailable
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof TransactionException) {
                return true;
            }
        }
        return false;
    }
}
