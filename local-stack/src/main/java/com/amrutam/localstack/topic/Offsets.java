package com.amrutam.localstack.topic;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where partitions begin and end. */
record Offsets(Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end) {
    long first(TopicPartition partition) {
        return begin.getOrDefault(partition, 0L);
    }

    long end(TopicPartition partition) {
        return end.getOrDefault(partition, 0L);
    }

    /** How many records lie between a committed place and the end; from the beginning on where there is no place. */
    long behind(TopicPartition partition, Map<TopicPartition, Long> committed) {
        return end(partition) - Math.max(committed.getOrDefault(partition, 0L), first(partition));
    }
}
