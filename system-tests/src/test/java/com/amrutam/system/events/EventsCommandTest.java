package com.amrutam.system.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.localstack.Amrutam;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./amrutam events} as an operator uses it on a cluster that is not the local stack's. */
@ExtendWith(RunningSystem.class)
class EventsCommandTest {
    private static final String TOPIC = Topic.APPOINTMENT_REVIEWED.topicName();
    private static final String DEAD = TOPIC + ".doctor.dlt";

    private record Result(int status, String output) {
        /** The line of a table that starts with this word. */
        String line(String first) {
            return output.lines()
                    .filter(line -> line.startsWith(first + " "))
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void a_dead_letter_is_shown_put_back_and_in_the_end_discarded() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", RunningSystem.stack().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "a key", new byte[] {42})).get();
        }
        awaitDead("1");

        var shown = events("dead", DEAD);
        assertThat(shown.output()).contains("offset 0").contains("key a key").contains("Confluent's wire format");

        // It is as bad as before, so it comes back as a second letter: that it was put back is proved by that.
        assertThat(events("replay", DEAD).output()).contains("1 put back on " + TOPIC);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> events("dead", DEAD).output().contains("offset 1"));
        assertThat(events("dead", DEAD).output()).doesNotContain("offset 0");

        assertThat(events("replay", DEAD, "--discard").output()).contains("1 discarded");
        awaitDead("-");
        assertThat(events("dead", DEAD).output()).contains("No dead letter waits");
        forgetRubbish();
    }

    @Test
    void the_last_events_of_a_topic_are_shown_and_personal_ones_only_on_request() throws Exception {
        var patient = Visit.patient();
        var appointment = Visit.book(patient, Visit.slot(patient));

        assertThat(events("tail", "booking.appointment-booked.v1", "-n", "100").output())
                .contains("\"appointmentId\": \"" + appointment.text("id"));
        assertThat(events("tail", "identity.contact-changed.v1", "-n", "100").output())
                .contains("restricted")
                .doesNotContain(patient.phone());
        assertThat(events("tail", "identity.contact-changed.v1", "-n", "100", "--personal-data")
                        .output())
                .contains(patient.phone());
        var nowhere = events("tail", "booking.nothing.v1");
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.output()).contains("There is no topic booking.nothing.v1");
    }

    @Test
    void a_stretch_of_the_outbox_is_published_again() throws Exception {
        var begun = Instant.now().minusMillis(1);
        var patient = Visit.patient();
        var appointment = Visit.book(patient, Visit.slot(patient));
        int before = told(appointment.text("id"));

        var asked = events(
                "republish",
                "booking",
                "--since",
                begun.toString(),
                "--topic",
                "booking.appointment-booked.v1",
                "--database",
                RunningSystem.stack().databaseUrl());

        assertThat(asked.output()).contains("publishes them again");
        await().atMost(Duration.ofSeconds(40)).until(() -> told(appointment.text("id")) > before);
        assertThat(events("republish", "gateway", "--since", begun.toString()).status())
                .isEqualTo(2);
    }

    @Test
    void what_is_on_the_topics_and_not_in_the_outbox_any_more_is_lost() throws Exception {
        var begun = Instant.now().minusMillis(1).toString();
        var patient = Visit.patient();
        var appointment = Visit.book(patient, Visit.slot(patient));
        var url = RunningSystem.stack().databaseUrl();
        await().until(() -> told(appointment.text("id")) > 0);
        assertThat(events("lost", "booking", "--since", begun, "--database", url)
                        .output())
                .contains("0 events of booking are lost");

        try (var connection = RunningSystem.stack().connect();
                var undo = connection.prepareStatement("delete from booking.outbox_event"
                        + " where topic = 'booking.appointment-booked.v1' and occurred_at >= ?::timestamptz")) {
            undo.setString(1, begun);
            undo.executeUpdate();
        }

        assertThat(events("lost", "booking", "--since", begun, "--database", url)
                        .output())
                .contains("booking.appointment-booked.v1")
                .contains(appointment.text("id"))
                .contains("1 events of booking are lost");
    }

    /** Other tests read all topics with clients that stop at rubbish. */
    private static void forgetRubbish() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", RunningSystem.stack().bootstrapServers()))) {
            var all = IntStream.range(0, Topic.APPOINTMENT_REVIEWED.partitions())
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(TOPIC, partition), _ -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }

    private int told(String appointmentId) throws IOException, InterruptedException {
        return events("tail", "booking.appointment-booked.v1", "-n", "1000")
                        .output()
                        .split(appointmentId, -1)
                        .length
                - 1;
    }

    private void awaitDead(String count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events("list").line(TOPIC).split(" +"))
                        .hasSizeGreaterThan(2)
                        .satisfies(columns -> assertThat(columns[2]).isEqualTo(count)));
    }

    private Result events(String command, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Amrutam.class.getName(),
                "events",
                command));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        var stack = RunningSystem.stack();
        builder.environment()
                .putAll(Map.of(
                        "AMRUTAM_KAFKA", stack.bootstrapServers(),
                        "AMRUTAM_REGISTRY", stack.registryUrl().toString(),
                        "PGPASSWORD", stack.secrets().password("booking")));
        var process = builder.start();
        var output = process.inputReader().readAllAsString();
        return new Result(process.waitFor(), output);
    }
}
