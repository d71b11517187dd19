package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of Kafka may do what their service does, by its own code and the topic catalogue, and no more. */
class KafkaAccessTest {
    @ParameterizedTest
    @ValueSource(strings = {"identity", "doctor", "booking", "notification"})
    void a_service_writes_what_it_publishes_and_reads_what_it_listens_to(String service) {
        var expected = new TreeMap<String, Set<String>>();
        for (var topic : Topic.publishedBy(service)) {
            expected.put("topic literal " + topic.topicName(), Set.of("Write", "Describe"));
        }
        for (var topic : ServiceCode.of(service).listensTo()) {
            expected.put("topic literal " + topic.topicName(), Set.of("Read", "Describe"));
            expected.put("topic literal " + topic.deadLetterTopic(service), Set.of("Create", "Write", "Describe"));
        }
        expected.put("group literal " + service, Set.of("Read", "Describe"));

        assertThat(rightsOf(service)).isEqualTo(expected);
    }

    @Test
    void personal_data_is_read_by_notification_alone() {
        var readers = new TreeSet<String>();
        for (var user : users()) {
            rights(user).forEach((resource, operations) -> {
                var isRestricted = Arrays.stream(Topic.values())
                        .filter(Topic::isRestricted)
                        .anyMatch(topic -> covers(resource, topic.topicName()));
                if (isRestricted && operations.contains("Read")) {
                    readers.add(user.name());
                }
            });
        }

        assertThat(readers).containsExactly("amrutam-notification");
    }

    @Test
    void analysts_read_every_other_topic_and_write_none() {
        var rights = rightsOf("analytics");

        var open = new TreeSet<String>();
        for (var topic : Topic.values()) {
            if (!topic.isRestricted()) {
                open.add("topic literal " + topic.topicName());
            }
        }
        open.add("group prefix analytics");
        assertThat(rights.keySet()).isEqualTo(open);
        assertThat(rights.values()).allMatch(operations -> operations.equals(Set.of("Read", "Describe")));
    }

    @Test
    void who_makes_topics_reads_none() {
        var rights = rightsOf("provision");

        assertThat(rights.values()).allMatch(operations -> !operations.contains("Read"));
        for (var topic : Topic.values()) {
            assertThat(rights).containsKey("topic prefix " + topic.service() + ".");
        }
    }

    private static boolean covers(String resource, String topic) {
        var name = resource.substring(resource.lastIndexOf(' ') + 1);
        return resource.startsWith("topic")
                && (resource.contains(" prefix ") ? topic.startsWith(name) : topic.equals(name));
    }

    private static List<Manifest> users() {
        return Charts.infrastructure("production").stream()
                .filter(manifest -> manifest.kind().equals("KafkaUser"))
                .toList();
    }

    private static Map<String, Set<String>> rightsOf(String user) {
        return rights(Manifest.only(users(), manifest -> manifest.name().equals("amrutam-" + user)));
    }

    private static Map<String, Set<String>> rights(Manifest user) {
        var rights = new TreeMap<String, Set<String>>();
        for (JsonNode acl : user.spec().path("authorization").path("acls")) {
            var resource = acl.path("resource");
            var operations = new TreeSet<String>();
            acl.path("operations").forEach(operation -> operations.add(operation.asText()));
            rights.put(
                    "%s %s %s"
                            .formatted(
                                    resource.path("type").asText(),
                                    resource.path("patternType").asText("literal"),
                                    resource.path("name").asText()),
                    operations);
        }
        return rights;
    }
}
