package com.amrutam.system.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amrutam.events.Access;
import com.amrutam.events.Topic;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.KafkaUsers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The broker holds users to the catalogue's rules. That the rules are enough for the services every other test shows: all of
 * them run as these users.
 */
@ExtendWith(RunningSystem.class)
class BrokerAccessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = UUID.randomUUID().toString();

    @BeforeAll
    static void letAnalystsIn() throws InterruptedException {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", RunningSystem.stack().bootstrapServers()))) {
            KafkaUsers.admit(admin, Map.of(Access.ANALYTICS, PASSWORD));
        }
    }

    @Test
    void analysts_read_what_is_not_restricted_and_nothing_else() {
        try (var consumer = consumer(Access.ANALYTICS, PASSWORD, "analytics-of-a-test")) {
            for (var topic : Topic.values()) {
                var partition = List.of(new TopicPartition(topic.topicName(), 0));
                consumer.assign(partition);
                consumer.seekToBeginning(partition);
                if (topic.isRestricted()) {
                    assertThatExceptionOfType(TopicAuthorizationException.class)
                            .as(topic.topicName())
                            .isThrownBy(() -> consumer.position(partition.getFirst(), PATIENCE));
                } else {
                    assertThat(consumer.position(partition.getFirst(), PATIENCE))
                            .isNotNegative();
                }
            }
        }
    }

    @Test
    void analysts_take_part_in_no_service_s_group() {
        try (var consumer = consumer(Access.ANALYTICS, PASSWORD, "booking")) {
            consumer.subscribe(List.of(Topic.APPOINTMENT_BOOKED.topicName()));

            assertThatExceptionOfType(GroupAuthorizationException.class).isThrownBy(() -> consumer.poll(PATIENCE));
        }
    }

    @Test
    void a_service_writes_no_topic_but_its_own() {
        var others = EnumSet.allOf(Topic.class);
        others.removeAll(Set.copyOf(Topic.publishedBy("booking")));
        var password = RunningSystem.stack().secrets().password("booking");
        try (var producer = new KafkaProducer<>(
                settings("booking", password), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var topic : others) {
                assertThatExceptionOfType(ExecutionException.class)
                        .as(topic.topicName())
                        .isThrownBy(() -> producer.send(new ProducerRecord<>(topic.topicName(), new byte[] {1}))
                                .get())
                        .withCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    @Test
    void nobody_gets_in_with_a_wrong_password() {
        try (var consumer = consumer("notification", "not its password", "notification")) {
            assertThatExceptionOfType(KafkaException.class)
                    .isThrownBy(() -> consumer.partitionsFor(Topic.LOGIN_OTP_REQUESTED.topicName(), PATIENCE))
                    .isInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String user, String password, String group) {
        var settings = settings(user, password);
        settings.put("group.id", group);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> settings(String user, String password) {
        var settings = new HashMap<String, Object>(KafkaUsers.login(user, password));
        settings.put("bootstrap.servers", RunningSystem.stack().bootstrapServersForUsers());
        return settings;
    }
}
