package com.amrutam.system.chaos;

import com.amrutam.localstack.server.Stack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What Postgres keeps of its log for those who read it ({@code max_slot_wal_keep_size}). */
final class LogQuota {
    private static final int QUOTA_MEBIBYTES = 64;
    private static final int WRITTEN_MEBIBYTES = 160;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private @Nullable Long frozen;
    private @Nullable CompletableFuture<Void> checkpoint;

    LogQuota(Stack stack) {
        this.stack = stack;
    }

    /**
     * Has one reader stand still, writes more log than may be kept, and has Postgres do away with it. The reader is told when
     * it goes on.
     *
     * @param slot its place in the log
     */
    void overrun(String slot) throws IOException, InterruptedException {
        try (var postgres = stack.connect()) {
            var reader = reader(postgres, slot);
            signal(reader, "STOP");
            frozen = reader;
            write(postgres, WRITTEN_MEBIBYTES);
            awaitOthers(postgres, slot);
            execute(postgres, "alter system set max_slot_wal_keep_size = '" + QUOTA_MEBIBYTES + "MB'");
            execute(postgres, "select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        // It ends the reader, and so waits until that goes on.
        checkpoint = CompletableFuture.runAsync(this::checkpoint);
    }

    /** Writes log that nobody has a use for. */
    static void write(Connection postgres, int mebibytes) throws SQLException {
        for (int written = 0; written < mebibytes; written++) {
            execute(postgres, "select pg_logical_emit_message(false, 'chaos', repeat('x', 1024 * 1024))");
        }
    }

    /** The relay comes a moment after its service. */
    private static long reader(Connection postgres, String slot) throws SQLException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try (var statement = postgres.createStatement();
                    var row = statement.executeQuery("""
                            select active_pid from pg_replication_slots
                            where slot_name = '%s' and active_pid is not null""".formatted(slot))) {
                if (row.next()) {
                    return row.getLong(1);
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("Nobody reads from " + slot);
            }
            Thread.sleep(Pace.LOOK);
        }
    }

    /** The others have read what was written: it is this one's place alone that is lost, not the standby's. */
    private static void awaitOthers(Connection postgres, String slot) throws SQLException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            try (var statement = postgres.createStatement();
                    var row = statement.executeQuery("""
                            select count(*) from pg_replication_slots
                            where slot_name <> '%s' and slot_type = 'physical'
                              and pg_current_wal_lsn() - restart_lsn > %d * 1024 * 1024 / 2""".formatted(slot, QUOTA_MEBIBYTES))) {
                row.next();
                if (row.getLong(1) == 0) {
                    return;
                }
            }
            Thread.sleep(Pace.LOOK);
        }
        throw new IllegalStateException("The standby does not come along");
    }

    private void checkpoint() {
        try (var postgres = stack.connect()) {
            execute(postgres, "checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the reader go on, which learns that its place is gone, and keeps as much log as before. */
    void lift() throws IOException, InterruptedException {
        var reader = frozen;
        var ending = checkpoint;
        if (reader == null) {
            return;
        }
        frozen = null;
        signal(reader, "CONT");
        if (ending != null) {
            ending.join();
        }
        try (var postgres = stack.connect()) {
            execute(postgres, "alter system reset max_slot_wal_keep_size");
            execute(postgres, "select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void execute(Connection postgres, String sql) throws SQLException {
        try (var statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }
}
