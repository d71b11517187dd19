package com.amrutam.system.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Who reads what, as the broker tells: the services' consumer groups and their dead letters. */
final class Groups implements AutoCloseable {
    private static final List<String> NAMES = List.of("identity", "doctor", "booking", "notification");
    private static final String DEAD_LETTERS = ".dlt";

    private final String bootstrapServers;
    private final Admin admin;

    Groups(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** By topic the groups that have read of it. */
    Map<String, Set<String>> listeners() throws InterruptedException, ExecutionException {
        var listeners = new HashMap<String, Set<String>>();
        for (var group : NAMES) {
            committed(group)
                    .keySet()
                    .forEach(partition -> listeners
                            .computeIfAbsent(partition.topic(), topic -> new HashSet<>())
                            .add(group));
        }
        return listeners;
    }

    /** How many records the groups have still to handle. */
    long behind() throws InterruptedException, ExecutionException {
        long behind = 0;
        for (var group : NAMES) {
            var committed = committed(group);
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            committed.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            var ends = admin.listOffsets(wanted).all().get();
            for (var end : ends.entrySet()) {
                behind += end.getValue().offset() - committed.getOrDefault(end.getKey(), 0L);
            }
        }
        return behind;
    }

    /** Ids of all events that were given up. */
    Set<UUID> parked() throws InterruptedException, ExecutionException {
        var parked = new HashSet<UUID>();
        var topics = admin.listTopics().names().get().stream()
                .filter(name -> name.endsWith(DEAD_LETTERS))
                .map(name -> new TopicPartition(name, 0))
                .toList();
        if (topics.isEmpty()) {
            return parked;
        }
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            var ends = consumer.endOffsets(topics);
            while (topics.stream().anyMatch(topic -> consumer.position(topic) < ends.getOrDefault(topic, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> {
                    var id = letter.headers().lastHeader("event-id");
                    if (id != null) {
                        parked.add(UUID.fromString(new String(id.value(), UTF_8)));
                    }
                });
            }
        }
        return parked;
    }

    private Map<TopicPartition, Long> committed(String group) throws InterruptedException, ExecutionException {
        var committed = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, place) -> {
                    if (place != null) {
                        committed.put(partition, place.offset());
                    }
                });
        return committed;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
