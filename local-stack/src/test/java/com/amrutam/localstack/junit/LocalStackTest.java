package com.amrutam.localstack.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.identity.UserErased;
import com.amrutam.events.wire.SchemaRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStack.class)
class LocalStackTest {
    @Test
    void a_service_may_work_in_its_own_schema_and_in_no_other() throws SQLException {
        var password = System.getProperty("amrutam.datasource.password");
        try (var booking = DriverManager.getConnection(LocalStack.databaseUrl(), "booking", password);
                var statement = booking.createStatement()) {
            statement.execute("create table own (id uuid default uuidv7())");

            assertThatThrownBy(() -> statement.execute("create table doctor.theirs ()"))
                    .hasMessageContaining("permission denied for schema doctor");
        }
    }

    @Test
    void a_relays_slot_is_kept_on_the_replica_too() throws SQLException {
        LocalStack.replica();
        try (var primary = LocalStack.connect();
                var create = primary.createStatement();
                var replica = LocalStack.connectToReplica();
                var read = replica.createStatement()) {
            create.execute("select pg_create_logical_replication_slot('relay', 'pgoutput', false, false, true)");
            try {
                await().atMost(Duration.ofSeconds(40)).until(() -> {
                    try (var result =
                            read.executeQuery("select synced from pg_replication_slots where slot_name = 'relay'")) {
                        return result.next() && result.getBoolean(1);
                    }
                });
            } finally {
                create.execute("select pg_drop_replication_slot('relay')");
            }
        }
    }

    @Test
    void what_the_primary_commits_the_replica_shows() throws SQLException {
        var replica = LocalStack.replica();
        var password = System.getProperty("amrutam.datasource.password");
        try (var primary = DriverManager.getConnection(LocalStack.databaseUrl(), "doctor", password);
                var write = primary.createStatement();
                var copy = DriverManager.getConnection(replica, "doctor", password);
                var read = copy.createStatement()) {
            write.execute("create table written as select 42 as answer");

            await().untilAsserted(() -> {
                try (var result = read.executeQuery("select answer from written")) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(42);
                }
            });
        }
    }

    @Test
    void an_event_that_is_sent_is_seen_with_its_headers() {
        var event = UserErased.newBuilder()
                .setUserId(UUID.randomUUID())
                .setErasedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
        try (var probe = EventProbe.fromNow()) {
            var id = probe.send(event);

            assertThat(probe.await(UserErased.class, event::equals)).isEqualTo(event);
            assertThat(probe.arrivals().getFirst().headers())
                    .containsEntry("event-id", id.toString())
                    .containsEntry("event-type", "user-erased");
        }
    }

    @Test
    void the_registry_holds_the_schema_of_every_topic() {
        var registry = new SchemaRegistry(LocalStack.registryUrl());
        for (var topic : Topic.values()) {
            var id = registry.idOf(topic.subject(), topic.schema());
            assertThat(new SchemaRegistry(LocalStack.registryUrl()).schema(id)).isEqualTo(topic.schema());
        }
    }

    @Test
    void a_server_can_be_taken_away_and_brought_back_on_its_port() {
        LocalStack.stop("redis");
        assertThat(LocalStack.stack().server("redis").server().isReady()).isFalse();

        LocalStack.start("redis");
        assertThat(LocalStack.stack().server("redis").server().isReady()).isTrue();
    }
}
