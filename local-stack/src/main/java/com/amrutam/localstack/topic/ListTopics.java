package com.amrutam.localstack.topic;

import com.amrutam.events.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The catalogue's topics as the cluster has them. */
@Command(
        name = "list",
        description = "Lists the topics: how many events they hold, how far each group is behind, and dead letters that"
                + " wait for somebody.")
final class ListTopics implements Callable<Integer> {
    @Mixin
    private Cluster cluster = new Cluster();

    @Override
    public Integer call() throws InterruptedException {
        try (var admin = cluster.admin()) {
            var names = Cluster.await(admin.listTopics().names());
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : Topic.values()) {
                if (names.contains(topic.topicName())) {
                    partitions.addAll(Cluster.partitions(topic.topicName(), topic.partitions()));
                }
            }
            for (var name : names) {
                if (Cluster.originOf(name).isPresent()) {
                    partitions.add(new TopicPartition(name, 0));
                }
            }
            var offsets = new Offsets(
                    offsets(admin, partitions, OffsetSpec.earliest()), offsets(admin, partitions, OffsetSpec.latest()));
            var committed = committed(admin);
            System.out.printf("%-41s %10s %8s  %s%n", "TOPIC", "EVENTS", "DEAD", "BEHIND, BY GROUP");
            for (var topic : Topic.values()) {
                print(topic, names.contains(topic.topicName()), offsets, committed);
            }
        }
        return 0;
    }

    private static void print(
            Topic topic, boolean exists, Offsets offsets, Map<String, Map<TopicPartition, Long>> committed) {
        if (!exists) {
            System.out.printf("%-41s %10s%n", topic.topicName(), "missing");
            return;
        }
        var partitions = Cluster.partitions(topic.topicName(), topic.partitions());
        long events = partitions.stream()
                .mapToLong(partition -> offsets.end(partition) - offsets.first(partition))
                .sum();
        var behind = new ArrayList<String>();
        committed.forEach((group, places) -> {
            if (partitions.stream().anyMatch(places::containsKey)) {
                long lag = partitions.stream()
                        .mapToLong(partition -> offsets.behind(partition, places))
                        .sum();
                behind.add(group + " " + lag);
            }
        });
        long dead = offsets.end().keySet().stream()
                .filter(partition -> partition.topic().startsWith(topic.topicName() + "."))
                .mapToLong(
                        partition -> offsets.behind(partition, committed.getOrDefault(Cluster.REPLAY_GROUP, Map.of())))
                .sum();
        System.out.printf(
                "%-41s %10d %8s  %s%n",
                topic.topicName() + (topic.isRestricted() ? " *" : ""),
                events,
                dead == 0 ? "-" : Long.toString(dead),
                String.join(", ", behind));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> wanted.put(partition, spec));
        var offsets = new HashMap<TopicPartition, Long>();
        Cluster.await(admin.listOffsets(wanted).all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    /** By group the places it has committed. */
    private static Map<String, Map<TopicPartition, Long>> committed(Admin admin) throws InterruptedException {
        var groups = new TreeMap<String, Map<TopicPartition, Long>>();
        for (GroupListing group : Cluster.await(
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            var places = new HashMap<TopicPartition, Long>();
            Cluster.await(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata())
                    .forEach((partition, place) -> {
                        if (place != null) {
                            places.put(partition, place.offset());
                        }
                    });
            groups.put(group.groupId(), places);
        }
        return groups;
    }
}
