package com.amrutam.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real backup of a real server, and moments brought back from it. */
class BackupsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PostgresServer server;
    private ServerProcess process;
    private Backups backups;
    private Path root;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        var directory = StackDirectory.at(temporary.resolve("a home with spaces"));
        var secrets = directory.secrets();
        server = PostgresServer.primary(Ports.free(1)[0], directory, secrets, true);
        process = new ServerProcess(server, directory);
        root = temporary.resolve("backups");
        backups = new Backups(root, directory, server, process);
        up();
        try (var connection = server.connect("postgres")) {
            Provisioning.server(connection, secrets::password);
        }
        execute("create table booked (id int primary key)");
    }

    @AfterEach
    void stop() throws Exception {
        process.stop(PATIENCE);
    }

    @Test
    void rows_from_before_the_moment_are_back_and_those_from_after_it_are_not() throws Exception {
        execute("insert into booked values (1)");
        var tooEarly = now();
        backups.take();
        execute("insert into booked values (2)");
        execute("select pg_switch_wal()");
        execute("insert into booked values (3)");
        var moment = now();
        execute("insert into booked values (4)");
        execute("delete from booked where id = 2");
        kill();
        assertThatThrownBy(() -> backups.restore(tooEarly))
                .isInstanceOf(Backups.NoSuchBackup.class)
                .hasMessageContaining("finished after " + tooEarly);

        var before = backups.restore(moment);

        up();
        assertThat(booked()).containsExactly(1, 2, 3);
        assertThat(before).isDirectory();
        execute("insert into booked values (5)");
        process.stop(PATIENCE);
        up();
        assertThat(booked()).as("an ordinary start").containsExactly(1, 2, 3, 5);
    }

    @Test
    void a_lost_disk_costs_what_was_not_archived_and_no_more() throws Exception {
        backups.take();
        execute("insert into booked values (1)");
        execute("select pg_switch_wal()");
        awaitArchived();
        execute("insert into booked values (2)");
        kill();
        Directories.delete(server.data());

        backups.restore(null);

        up();
        assertThat(booked()).containsExactly(1);
    }

    private void up() throws Exception {
        process.start();
        process.awaitReady(PATIENCE);
    }

    /** As when the machine loses its power. */
    private void kill() throws Exception {
        var running = process.handle().orElseThrow();
        var all = Stream.concat(Stream.of(running), running.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            each.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = server.connect(Provisioning.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Integer> booked() throws SQLException {
        try (var connection = server.connect(Provisioning.DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from booked order by id")) {
            var ids = new ArrayList<Integer>();
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
            return ids;
        }
    }

    private Instant now() throws SQLException {
        try (var connection = server.connect(Provisioning.DATABASE);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    private void awaitArchived() throws Exception {
        await().atMost(PATIENCE).until(() -> {
            try (var segments = Files.list(root.resolve("log"))) {
                return segments.filter(segment -> !segment.toString().contains("."))
                                .count()
                        >= 2;
            }
        });
    }
}
