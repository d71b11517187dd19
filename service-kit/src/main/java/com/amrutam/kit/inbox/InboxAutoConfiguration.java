package com.amrutam.kit.inbox;

import com.amrutam.events.wire.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox of a service that has a database and Kafka. */
@AutoConfiguration(
        afterName = {
            "com.amrutam.kit.outbox.OutboxAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@ConditionalOnClass({JdbcClient.class, KafkaTemplate.class})
@EnableConfigurationProperties(InboxProperties.class)
class InboxAutoConfiguration {
    /** What a consumer that died had in hand goes on with another after this time; by default after 45 s. */
    private static final Duration SESSION = Duration.ofSeconds(9);

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @Bean
    Inbox inbox(JdbcClient jdbc, Clock clock) {
        return new Inbox(jdbc, clock);
    }

    @Bean
    StaleEvents staleEvents(MeterRegistry metrics) {
        return new StaleEvents(metrics);
    }

    @Bean
    DeadLetters deadLetters(
            KafkaProperties kafka, KafkaAdmin admin, InboxProperties properties, MeterRegistry metrics) {
        var configuration = kafka.buildProducerProperties();
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DeadLetters.MAX_BYTES);
        var producers =
                new DefaultKafkaProducerFactory<>(configuration, new StringSerializer(), new ByteArraySerializer());
        return new DeadLetters(new KafkaTemplate<>(producers), admin, properties, metrics);
    }

    @Bean
    InboxContainers inboxContainers(
            ConfigurableListableBeanFactory beans,
            EventCodec codec,
            Inbox inbox,
            PlatformTransactionManager transactions,
            KafkaProperties kafka,
            InboxProperties properties,
            DeadLetters deadLetters,
            MeterRegistry metrics,
            Clock clock) {
        var consumers = new DefaultKafkaConsumerFactory<>(
                consumer(kafka, properties), new StringDeserializer(), new ByteArrayDeserializer());
        // Lag above all: kafka_consumer_fetch_manager_records_lag.
        consumers.addListener(new MicrometerConsumerListener<>(metrics));
        return new InboxContainers(
                beans,
                properties.group(),
                codec,
                inbox,
                new TransactionTemplate(transactions),
                metrics,
                clock,
                (name, listener) -> container(name, listener, consumers, properties, deadLetters));
    }

    private static AbstractMessageListenerContainer<String, byte[]> container(
            String name,
            InboxListener listener,
            DefaultKafkaConsumerFactory<String, byte[]> consumers,
            InboxProperties properties,
            DeadLetters deadLetters) {
        var configuration = new ContainerProperties(listener.topicNames());
        configuration.setGroupId(properties.group());
        configuration.setClientId(properties.group() + "-" + name);
        configuration.setMessageListener(listener.forContainer());
        configuration.setAckMode(ContainerProperties.AckMode.BATCH);
        // Threads of the system: consumers are few and last.
        configuration.setListenerTaskExecutor(new SimpleAsyncTaskExecutor(name + "-"));
        var container = new ConcurrentMessageListenerContainer<>(consumers, configuration);
        container.setBeanName(name);
        container.setConcurrency(properties.concurrency());
        container.setCommonErrorHandler(deadLetters.errorHandler());
        return container;
    }

    private static Map<String, Object> consumer(KafkaProperties kafka, InboxProperties properties) {
        var configuration = new HashMap<>(kafka.buildConsumerProperties());
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
        // Not KIP-848's protocol: its client (4.2) keeps two threads of every consumer busy while the broker is away.
        // Like it, this assignor moves single partitions: a consumer that joins or leaves stops no other.
        configuration.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return configuration;
    }
}
