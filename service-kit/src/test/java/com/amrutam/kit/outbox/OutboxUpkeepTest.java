package com.amrutam.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.kit.data.PoolsProperties;
import com.amrutam.kit.sample.SampleService;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes wrong with an outbox over months, made to go wrong now. */
@ExtendWith(LocalStack.class)
@SpringBootTest(
        classes = SampleService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "amrutam.outbox.relay.mute-after=6s")
class OutboxUpkeepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static EventProbe probe;

    private final OutboxUpkeep upkeep;
    private final OutboxRelay relay;
    private final RelaySlot slot;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final PoolsProperties database;
    private final RelayProperties role;

    @Autowired
    OutboxUpkeepTest(
            OutboxUpkeep upkeep,
            OutboxRelay relay,
            RelaySlot slot,
            Outbox outbox,
            TransactionTemplate transaction,
            JdbcClient jdbc,
            MeterRegistry metrics,
            PoolsProperties database,
            RelayProperties role) {
        this.upkeep = upkeep;
        this.relay = relay;
        this.slot = slot;
        this.outbox = outbox;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.metrics = metrics;
        this.database = database;
        this.role = role;
    }

    @BeforeAll
    static void listen() {
        probe = EventProbe.fromNow();
    }

    @AfterAll
    static void hangUp() {
        probe.close();
    }

    @Test
    void a_day_of_the_outbox_is_dropped_after_a_week_and_only_once_the_relay_has_passed_it() {
        var old = partitionOf(LocalDate.now(ZoneOffset.UTC).minusDays(9));
        var recent = partitionOf(LocalDate.now(ZoneOffset.UTC).minusDays(6));
        awaitRelaying();

        relay.stop();
        try {
            // The relay was last seen where the log stood ten days ago.
            awaitInactive();
            jdbc.sql("delete from outbox_mark").update();
            jdbc.sql("insert into outbox_mark select pg_current_wal_lsn() + 1, now() - interval '10 days'")
                    .update();
            upkeep.turnPartitions();
            assertThat(partitions()).contains(old, recent);
        } finally {
            jdbc.sql("delete from outbox_mark").update();
            relay.start();
        }
        awaitRelaying();
        // A mark it has passed, and one it has to pass yet: the next look tells.
        upkeep.look();
        await().atMost(PATIENCE).untilAsserted(() -> {
            upkeep.look();
            upkeep.turnPartitions();
            assertThat(partitions()).doesNotContain(old);
        });

        assertThat(partitions()).contains(recent);
        var farthest = LocalDate.now(ZoneOffset.UTC).plusDays(14);
        assertThat(partitions()).contains(name(farthest));
    }

    @Test
    void a_slot_that_vanished_is_noticed_and_what_it_had_not_passed_is_published_in_order() {
        var key = UUID.randomUUID();
        publish(key, 1);
        awaitVersions(key, List.of(1));
        relay.stop();
        awaitInactive();
        publish(key, 2);
        publish(key, 3);
        // As a fail-over to a standby does that did not have the slot.
        try {
            JdbcClient.create(new DriverManagerDataSource(database.url(), role.username(), role.password()))
                    .sql("select pg_drop_replication_slot(?)")
                    .param(slot.name())
                    .query()
                    .listOfRows();
            publish(key, 4);
        } finally {
            relay.start();
        }

        awaitVersions(key, List.of(1, 2, 3, 4));
        publish(key, 5);
        awaitVersions(key, List.of(1, 2, 3, 4, 5));
        assertThat(jdbc.sql("select count(*) from outbox_replay")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_operator_gets_events_again_under_their_old_ids() {
        var key = UUID.randomUUID();
        var begun = Instant.now().minusMillis(1);
        publish(key, 1);
        awaitVersions(key, List.of(1));
        var before = ids(key);

        jdbc.sql("insert into outbox_replay (since, until, topic) values (?, now(), 'booking.slot-released.v1')")
                .param(com.amrutam.kit.data.Timestamps.toSql(begun))
                .update();

        upkeep.look();
        await().atMost(PATIENCE).until(() -> ids(key).size() == 2);
        assertThat(ids(key)).containsOnly(before.getFirst());
    }

    @Test
    void a_relay_that_hears_nothing_is_started_again_and_misses_nothing() throws Exception {
        var key = UUID.randomUUID();
        publish(key, 1);
        awaitVersions(key, List.of(1));
        var sender = jdbc.sql("select active_pid from pg_replication_slots where slot_name = ?")
                .param(slot.name())
                .query(Long.class)
                .single();
        double before = restarts();

        signal("STOP", sender);
        try {
            publish(key, 2);
            await().atMost(PATIENCE).until(() -> {
                upkeep.look();
                return restarts() > before;
            });
        } finally {
            signal("CONT", sender);
        }

        awaitVersions(key, List.of(1, 2));
    }

    @Test
    void when_the_relaying_process_is_killed_another_takes_over_within_ten_seconds() throws Exception {
        var key = UUID.randomUUID();
        relay.stop();
        awaitInactive();
        var other = startInstance();
        try {
            await().atMost(Duration.ofSeconds(90)).until(this::isRelayed);
            relay.start();
            publish(key, 1);
            awaitVersions(key, List.of(1));

            other.destroyForcibly().waitFor();
            publish(key, 2);

            await().atMost(Duration.ofSeconds(10)).until(() -> of(key).anyMatch(event -> event.getSlotVersion() == 2));
        } finally {
            other.destroyForcibly();
            relay.start();
        }
        publish(key, 3);
        awaitVersions(key, List.of(1, 2, 3));
    }

    /** Another instance of the service in a process of its own, with what this one was told of the servers. */
    private static Process startInstance() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SampleService.class.getName(),
                "--server.port=0"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("amrutam.") || name.startsWith("spring."))
                .forEach(name -> command.add("--" + name + "=" + System.getProperty(name)));
        return new ProcessBuilder(command)
                .redirectOutput(Path.of("target", "other-instance.log").toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void nothing_is_lost_while_postgres_restarts_or_kafka_is_away() {
        var key = UUID.randomUUID();
        publish(key, 1);
        LocalStack.stop("postgres");
        LocalStack.start("postgres");
        // Connections of before are found dead at their first use.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            publish(key, 2);
            return true;
        });
        awaitVersions(key, List.of(1, 2));

        LocalStack.stop("kafka");
        try {
            publish(key, 3);
        } finally {
            LocalStack.start("kafka");
        }

        awaitVersions(key, List.of(1, 2, 3));
    }

    @Test
    void the_relays_role_may_follow_the_log_and_read_the_outbox_and_nothing_else() {
        var relaying = JdbcClient.create(new DriverManagerDataSource(database.url(), role.username(), role.password()));

        assertThat(relaying.sql("select count(*) from outbox_event")
                        .query(Long.class)
                        .single())
                .isNotNull();
        for (var forbidden : List.of(
                "select from sample",
                "select from inbox_event",
                "delete from outbox_event",
                "insert into outbox_event (id, topic, key, traceparent) values (uuidv7(), '', '', '')",
                "create table theirs ()")) {
            assertThatThrownBy(() -> relaying.sql(forbidden).update())
                    .as(forbidden)
                    .hasStackTraceContaining("permission denied");
        }
        assertThat(jdbc.sql(
                                "select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls from pg_roles where rolname = ?")
                        .param(role.username())
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void the_slot_survives_a_failover_and_the_publication_holds_inserts_of_the_outbox_alone() {
        assertThat(jdbc.sql("select failover from pg_replication_slots where slot_name = ?")
                        .param(slot.name())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select pubinsert and not (pubupdate or pubdelete or pubtruncate or puballtables)"
                                + " from pg_publication where pubname = ?")
                        .param(slot.name())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select tablename from pg_publication_tables where pubname = ?")
                        .param(slot.name())
                        .query(String.class)
                        .list())
                .containsExactly("outbox_event");
    }

    @Test
    void the_metrics_tell_whether_somebody_relays_and_what_is_kept_for_it() {
        awaitRelaying();
        await().atMost(PATIENCE).untilAsserted(() -> {
            upkeep.look();
            assertThat(gauge("amrutam.outbox.slot.active")).isOne();
        });

        relay.stop();
        try {
            awaitInactive();
            publish(UUID.randomUUID(), 1);
            await().atMost(PATIENCE).untilAsserted(() -> {
                upkeep.look();
                assertThat(gauge("amrutam.outbox.slot.active")).isZero();
                assertThat(gauge("amrutam.outbox.slot.retained")).isPositive();
                assertThat(lagSeconds()).isPositive();
            });
        } finally {
            relay.start();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            upkeep.look();
            assertThat(gauge("amrutam.outbox.slot.active")).isOne();
            assertThat(lagSeconds()).isLessThan(1);
        });
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private double lagSeconds() {
        return metrics.get("amrutam.outbox.lag").timeGauge().value(TimeUnit.SECONDS);
    }

    private void publish(UUID doctorId, int version) {
        transaction.executeWithoutResult(status -> outbox.publish(SlotReleased.newBuilder()
                .setSlotId(doctorId)
                .setSlotVersion(version)
                .setDoctorId(doctorId)
                .setSlotLockId(doctorId)
                .setPatientId(doctorId)
                .setReason(ReleaseReason.RELEASED)
                .setReleasedAt(Instant.EPOCH)
                .build()));
    }

    private static Stream<SlotReleased> of(UUID key) {
        return probe.seen(SlotReleased.class).stream()
                .filter(event -> event.getDoctorId().equals(key));
    }

    /** Each version once at least; the first of each in order. */
    private static void awaitVersions(UUID key, List<Integer> versions) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                of(key).map(SlotReleased::getSlotVersion).distinct())
                        .containsExactlyElementsOf(versions));
    }

    private static List<String> ids(UUID key) {
        var ids = new ArrayList<String>();
        for (var arrival : probe.arrivals()) {
            if (arrival.key().equals(key.toString())) {
                ids.add(Objects.requireNonNull(arrival.headers().get("event-id")));
            }
        }
        return ids;
    }

    private void awaitRelaying() {
        await().atMost(PATIENCE).until(this::isRelayed);
    }

    private void awaitInactive() {
        await().atMost(PATIENCE).until(() -> !isRelayed());
    }

    private boolean isRelayed() {
        return slot.state().filter(RelaySlot.State::active).isPresent();
    }

    private double restarts() {
        return metrics.get("amrutam.outbox.relay.mute").counter().count();
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private String partitionOf(LocalDate day) {
        jdbc.sql("create table %s partition of outbox_event for values from ('%s 00:00Z') to ('%s 00:00Z')"
                        .formatted(name(day), day, day.plusDays(1)))
                .update();
        return name(day);
    }

    private static String name(LocalDate day) {
        return "outbox_event_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private List<String> partitions() {
        return jdbc.sql("select relname from pg_inherits join pg_class on oid = inhrelid"
                        + " where inhparent = 'outbox_event'::regclass")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
