package com.amrutam.localstack.topic;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.server.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and registry to talk to; the local stack's where nothing is said. */
final class Cluster {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Whose committed offsets tell how far the dead letters of a topic have been dealt with. */
    static final String REPLAY_GROUP = "amrutam-replay";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AMRUTAM_KAFKA}",
            description = "Bootstrap servers (environment: AMRUTAM_KAFKA).")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "${env:AMRUTAM_REGISTRY}",
            description = "Confluent API of the schema registry (environment: AMRUTAM_REGISTRY).")
    private @Nullable URI registry;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:AMRUTAM_KAFKA_CONFIG}",
            description = "Properties for Kafka's clients, such as security.protocol and sasl.jaas.config.")
    private @Nullable Path configuration;

    Admin admin() {
        return Admin.create(settings());
    }

    /** Reads what it is assigned to, and commits nothing by itself. */
    Consumer<String, byte[]> consumer(@Nullable String group) {
        var settings = settings();
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        if (group != null) {
            settings.put("group.id", group);
        }
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    Producer<String, byte[]> producer() {
        var settings = settings();
        settings.put("acks", "all");
        settings.put("compression.type", "none");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    EventCodec codec() {
        return new EventCodec(registry());
    }

    SchemaRegistry registry() {
        return new SchemaRegistry(
                registry == null
                        ? URI.create("http://127.0.0.1:" + Ports.STANDARD.registry() + "/apis/ccompat/v7")
                        : registry);
    }

    /** What an answer of the cluster holds. */
    static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new Trouble(ExitCode.FAILED, "Kafka did not answer: " + e.getCause());
        }
    }

    static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** The topic of the catalogue with this name. */
    static Topic catalogued(String name) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(name))
                .findAny()
                .orElseThrow(() ->
                        new Trouble(ExitCode.WRONG_USAGE, "There is no topic " + name + "; ./amrutam events list"));
    }

    /** The topic whose dead letters this one holds; empty for any other name. */
    static Optional<Topic> originOf(String deadLetterTopic) {
        return deadLetterTopic.endsWith(".dlt")
                ? Arrays.stream(Topic.values())
                        .filter(topic -> deadLetterTopic.startsWith(topic.topicName() + "."))
                        .findAny()
                : Optional.empty();
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        if (configuration != null) {
            var file = new Properties();
            try (var reader = Files.newBufferedReader(configuration)) {
                file.load(reader);
            } catch (IOException e) {
                throw new Trouble(ExitCode.WRONG_USAGE, "--kafka-config cannot be read: " + e);
            }
            file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
        }
        if (bootstrapServers != null) {
            settings.put("bootstrap.servers", bootstrapServers);
        }
        settings.putIfAbsent("bootstrap.servers", "127.0.0.1:" + Ports.STANDARD.kafka());
        settings.putIfAbsent("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.putIfAbsent("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
        return settings;
    }
}
