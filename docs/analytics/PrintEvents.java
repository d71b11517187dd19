import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints every event there is on a topic, one line each: event-id, key, event. Any other Confluent-compatible deserializer
 * does as well, such as io.confluent.kafka.serializers.KafkaAvroDeserializer, which wants schema.registry.url alone.
 * usage: java -cp ... PrintEvents.java BOOTSTRAP-SERVER REGISTRY-URL TOPIC
 */
void main(String[] arguments) {
    var topic = arguments[2];
    var settings = new HashMap<String, Object>(Map.of(
            "bootstrap.servers", arguments[0],
            "apicurio.registry.url", arguments[1] + "/apis/registry/v2",
            // Confluent's wire format: a zero byte, four bytes of schema id, Avro.
            "apicurio.registry.as-confluent", true,
            "apicurio.registry.use-id", "contentId",
            "apicurio.registry.headers.enabled", false));
    var values = new AvroKafkaDeserializer<GenericRecord>();
    values.configure(settings, false);
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var seen = new HashSet<String>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (var message : consumer.poll(Duration.ofSeconds(1))) {
                var id = new String(message.headers().lastHeader("event-id").value());
                // Events come at least once; a tombstone of a compacted topic has no value.
                if (message.value() != null && seen.add(id)) {
                    IO.println(id + " " + message.key() + " " + message.value());
                }
            }
        }
    }
}
