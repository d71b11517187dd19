package com.amrutam.kit.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.outbox.EventHeaders;
import com.amrutam.kit.sample.SampleService.WithdrawnListener;
import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Records that no listener can use, all in one partition with one that it can. */
@ExtendWith(LocalStack.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BadEventsTest {
    private static final String TOPIC = Topic.SLOTS_WITHDRAWN.topicName();
    private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

    private final EventCodec codec;
    private final WithdrawnListener listener;
    private final MeterRegistry metrics;
    private final String key = UUID.randomUUID().toString();

    @Autowired
    BadEventsTest(EventCodec codec, WithdrawnListener listener, MeterRegistry metrics) {
        this.codec = codec;
        this.listener = listener;
        this.metrics = metrics;
    }

    @Test
    void what_is_no_event_is_parked_with_its_cause_and_the_partition_moves_on() throws Exception {
        var good = event(UUID.randomUUID());
        double before = parked();
        var bad = new ArrayList<ProducerRecord<String, byte[]>>();
        bad.add(message("rubbish".getBytes(UTF_8)));
        bad.add(message(new byte[0]));
        bad.add(message(Arrays.copyOf(codec.encode(good), 12)));
        bad.add(message(new byte[] {0, 0x7f, 0, 0, 1, 2}));
        bad.add(message(codec.encode(ofAnotherTopic())));
        var nameless = message(codec.encode(good));
        nameless.headers().remove(EventHeaders.EVENT_ID);
        bad.add(nameless);
        var timeless = message(codec.encode(good));
        timeless.headers().remove(EventHeaders.OCCURRED_AT).add(EventHeaders.OCCURRED_AT, "yesterday".getBytes(UTF_8));
        bad.add(timeless);
        var last = UUID.randomUUID();

        try (var producer = producer()) {
            for (var message : bad) {
                producer.send(message).get();
            }
            producer.send(message(codec.encode(event(last)))).get();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> listener.handled.containsKey(last));
        var letters = deadLetters(bad.size());
        assertThat(letters)
                .extracting(letter -> header(letter, "kafka_dlt-exception-message"))
                .allSatisfy(cause -> assertThat(cause).isNotBlank());
        assertThat(letters)
                .extracting(letter -> header(letter, "kafka_dlt-original-topic"))
                .containsOnly(TOPIC);
        // As they came, so that they can be replayed once the cause is gone.
        assertThat(letters)
                .extracting(ConsumerRecord::value)
                .containsExactlyElementsOf(
                        bad.stream().map(ProducerRecord::value).toList());
        assertThat(parked() - before).isEqualTo(bad.size());
        // The same fault has the same name, another one another.
        var digests =
                letters.stream().map(letter -> header(letter, "stack-digest")).toList();
        assertThat(digests.get(0)).hasSize(12).isEqualTo(digests.get(1)).isNotEqualTo(digests.get(3));
    }

    @Test
    void who_cannot_be_handled_holds_up_other_keys_of_the_partition_no_longer_than_it_is_tried_again()
            throws Exception {
        var other = UUID.randomUUID();

        Instant sent;
        try (var producer = producer()) {
            var poison = message(codec.encode(event(WithdrawnListener.POISON)));
            int partition = producer.send(poison).get().partition();
            var good = message(codec.encode(event(other)));
            producer.send(new ProducerRecord<>(TOPIC, partition, other.toString(), good.value(), good.headers()))
                    .get();
            sent = Instant.now();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> listener.handled.containsKey(other));
        // The kit's tests try again for one second.
        assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void an_event_from_the_future_is_handled_as_any_other_and_counted() throws Exception {
        double before = early();
        var doctor = UUID.randomUUID();
        var early = message(codec.encode(event(doctor)));
        early.headers()
                .remove(EventHeaders.OCCURRED_AT)
                .add(EventHeaders.OCCURRED_AT, "2999-01-01T00:00:00Z".getBytes(UTF_8));

        try (var producer = producer()) {
            producer.send(early).get();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> listener.handled.containsKey(doctor));
        await().until(() -> early() - before == 1);
    }

    @Test
    void a_record_of_five_megabytes_is_parked_where_a_topic_was_made_to_take_it() throws Exception {
        var last = UUID.randomUUID();
        var huge = message(new byte[FIVE_MEGABYTES]);

        takeRecordsOf(2 * FIVE_MEGABYTES);
        try (var producer = producer()) {
            producer.send(huge).get();
            producer.send(message(codec.encode(event(last)))).get();
        } finally {
            takeRecordsOf(1024 * 1024);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> listener.handled.containsKey(last));
        assertThat(deadLetters(1)).extracting(ConsumerRecord::value).containsExactly(huge.value());
    }

    private static void takeRecordsOf(int bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        var change = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", String.valueOf(bytes)), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.of("bootstrap.servers", LocalStack.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
        }
    }

    @Test
    void a_record_of_five_megabytes_does_not_get_in() {
        try (var producer = producer()) {
            var sent = producer.send(message(new byte[FIVE_MEGABYTES]));

            assertThatThrownBy(sent::get).hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    private double early() {
        return metrics.counter("amrutam.events.early", "topic", TOPIC).count();
    }

    private double parked() {
        return metrics.counter("amrutam.events.parked", "topic", TOPIC).count();
    }

    private ProducerRecord<String, byte[]> message(byte[] value) {
        var message = new ProducerRecord<>(TOPIC, key, value);
        message.headers()
                .add(EventHeaders.EVENT_ID, UUID.randomUUID().toString().getBytes(UTF_8))
                .add(EventHeaders.EVENT_TYPE, "slots-withdrawn".getBytes(UTF_8))
                .add(EventHeaders.OCCURRED_AT, Instant.now().toString().getBytes(UTF_8));
        return message;
    }

    private static SlotsWithdrawn event(UUID doctorId) {
        return SlotsWithdrawn.newBuilder()
                .setDoctorId(doctorId)
                .setSlotIds(List.of())
                .setWithdrawnAt(Instant.EPOCH)
                .build();
    }

    private static SlotReleased ofAnotherTopic() {
        var id = UUID.randomUUID();
        return SlotReleased.newBuilder()
                .setSlotId(id)
                .setSlotVersion(1)
                .setDoctorId(id)
                .setSlotLockId(id)
                .setPatientId(id)
                .setReason(ReleaseReason.RELEASED)
                .setReleasedAt(Instant.EPOCH)
                .build();
    }

    /** Takes what a client would not, so that the broker has to say no. */
    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", LocalStack.bootstrapServers(), "max.request.size", 10 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(int wanted) {
        var partition = new TopicPartition(Topic.SLOTS_WITHDRAWN.deadLetterTopic("booking"), 0);
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", LocalStack.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    if (key.equals(message.key())) {
                        letters.add(message);
                    }
                }
                return letters.size() >= wanted;
            });
        }
        return letters;
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
