package com.amrutam.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Access.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
    @ParameterizedTest
    @EnumSource
    void a_topic_is_written_by_its_service_and_by_who_puts_dead_letters_back(Topic topic) {
        assertThat(users(topic, Operation.WRITE)).containsExactlyInAnyOrder(topic.service(), Access.OPERATOR);
    }

    @ParameterizedTest
    @EnumSource
    void personal_data_is_read_by_notification_alone(Topic topic) {
        if (topic.isRestricted()) {
            assertThat(users(topic, Operation.READ)).containsExactly("notification");
        } else {
            assertThat(users(topic, Operation.READ)).contains(Access.ANALYTICS, Access.OPERATOR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reader_can_park_what_it_cannot_handle(Topic topic) {
        for (var reader : readers(topic)) {
            assertThat(Access.rules().get(reader)).anySatisfy(rule -> {
                assertThat(rule.name()).isEqualTo(topic.deadLetterTopic(reader));
                assertThat(rule.operations()).contains(Operation.CREATE, Operation.WRITE);
            });
        }
    }

    private static List<String> readers(Topic topic) {
        return Stream.of("identity", "doctor", "booking", "notification")
                .filter(service -> Access.readBy(service).contains(topic))
                .toList();
    }

    private static List<String> users(Topic topic, Operation operation) {
        return Access.rules().entrySet().stream()
                .filter(user -> user.getValue().stream()
                        .anyMatch(rule -> covers(rule, topic.topicName())
                                && rule.operations().contains(operation)))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private static boolean covers(Access.Rule rule, String topic) {
        return rule.resource() == Access.Resource.TOPIC
                && (rule.prefix() ? topic.startsWith(rule.name()) : topic.equals(rule.name()));
    }
}
