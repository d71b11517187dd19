package com.amrutam.doctor.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.DoctorApplication;
import com.amrutam.doctor.Given;
import com.amrutam.doctor.Service;
import com.amrutam.kit.instance.Instance;
import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers who never stop, a doctor whose experience grows with every look, and a replica that fails in turn. */
@ExtendWith(LocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaTest {
    private static final Duration BOUND = Duration.ofMillis(500);
    private static final int READERS = 6;

    private final Instance instance = Instance.start(
            DoctorApplication.class,
            Map.of(
                    "amrutam.datasource.replica-url",
                    LocalStack.replica(),
                    "amrutam.datasource.replica-max-lag",
                    BOUND.toMillis() + "ms"));
    private final Service service = new Service(instance.context().getEnvironment());
    private final Given given = new Given(service);

    @AfterAll
    void stop() {
        instance.close();
    }

    @Test
    void nobody_notices_that_the_replica_stops_and_comes_back() {
        try (var load = new Load()) {
            awaitReadsOf("replica");

            LocalStack.stop("replica");
            awaitReadsOf("primary");
            load.awaitAnswers(200);

            LocalStack.start("replica");
            awaitReadsOf("replica");

            load.awaitAnswers(200);
            assertThat(load.complaints).isEmpty();
        }
    }

    @Test
    void what_is_shown_is_never_older_than_the_bound_while_the_replica_stands_still() throws SQLException {
        try (var load = new Load()) {
            awaitReadsOf("replica");

            onReplica("select pg_wal_replay_pause()");
            try {
                awaitReadsOf("primary");
                load.awaitAnswers(400);
            } finally {
                onReplica("select pg_wal_replay_resume()");
            }

            awaitReadsOf("replica");
            load.awaitAnswers(200);
            assertThat(load.complaints).isEmpty();
        }
    }

    private static void onReplica(String sql) throws SQLException {
        try (var connection = LocalStack.connectToReplica();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitReadsOf(String server) {
        var before = reads(server);
        await().untilAsserted(() -> assertThat(reads(server)).isGreaterThan(before + 20));
    }

    private double reads(String server) {
        return instance.bean(MeterRegistry.class)
                .get("amrutam.reads")
                .tag("server", server)
                .counter()
                .count();
    }

    /** One who writes and many who read, and complain. */
    private final class Load implements AutoCloseable {
        private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answers = new AtomicInteger();
        private final ConcurrentSkipListMap<Long, Integer> committed = new ConcurrentSkipListMap<>();
        private final UUID doctor = given.doctor("city", "City " + UUID.randomUUID(), "experienceYears", 0);
        private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
        private volatile boolean over;

        private final long created = System.nanoTime();

        Load() {
            committed.put(created, 0);
            people.submit(this::write);
            for (int reader = 0; reader < READERS; reader++) {
                people.submit(this::read);
            }
        }

        private void write() {
            for (int years = 1; !over; years = years % 1_000_000 + 1) {
                try (var connection = LocalStack.connect();
                        var statement = connection.prepareStatement(
                                "update doctor.doctor set experience_years = ? where id = ?")) {
                    statement.setInt(1, years);
                    statement.setObject(2, doctor);
                    statement.execute();
                    committed.put(System.nanoTime(), years);
                } catch (SQLException e) {
                    complaints.add("The writer failed: " + e);
                    return;
                }
            }
        }

        private void read() {
            while (!over) {
                var begun = System.nanoTime();
                var answer = service.get("/doctors/" + doctor);
                if (answer.status() == 404 && begun - BOUND.toNanos() < created) {
                    continue; // Within the bound, one who has just come may not be shown yet.
                }
                if (answer.status() != 200) {
                    complaints.add(answer.toString());
                } else {
                    var shown = answer.json().path("experienceYears").intValue();
                    // The last one that had been committed when the bound reaches back to.
                    var due = committed.floorEntry(begun - BOUND.toNanos());
                    if (due != null && shown < due.getValue()) {
                        complaints.add("Shown was " + shown + ", due was " + due.getValue());
                    }
                }
                var found = service.get("/doctors?sort=soonest&minFee=" + begun % 100);
                if (found.status() != 200) {
                    complaints.add(found.toString());
                }
                answers.incrementAndGet();
            }
        }

        void awaitAnswers(int more) {
            var before = answers.get();
            await().atMost(Duration.ofSeconds(60)).until(() -> answers.get() >= before + more);
        }

        @Override
        public void close() {
            over = true;
            people.close();
        }
    }
}
