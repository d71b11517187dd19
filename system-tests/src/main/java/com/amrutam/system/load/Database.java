package com.amrutam.system.load;

import com.amrutam.localstack.server.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Postgres counts: statements, and how far the relays are behind the log. */
final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final long LITTLE = 256 * 1024;

    private final Connection connection;

    Database(Stack stack) throws SQLException {
        this.connection = stack.connect();
        execute("create extension if not exists pg_stat_statements");
    }

    /** Begins to count statements anew. */
    void reset() throws SQLException {
        execute("select pg_stat_statements_reset()");
    }

    /**
     * A statement that was run often or long.
     *
     * @param role whose it is: the service's, or that of its relay
     */
    record Statement(String role, long calls, double millis, String text) {}

    /** How many statements each service has run. */
    Map<String, Long> statements() throws SQLException {
        var calls = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select replace(rolname, '_relay', ''), sum(calls)
                        from pg_stat_statements s join pg_roles r on r.oid = s.userid
                        where rolname <> 'postgres' group by 1""")) {
            while (rows.next()) {
                calls.put(rows.getString(1), rows.getLong(2));
            }
        }
        return calls;
    }

    /** The statements that took longest, all their calls together. */
    List<Statement> longest(int count) throws SQLException {
        var statements = new ArrayList<Statement>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select rolname, calls, total_exec_time, regexp_replace(query, '\\s+', ' ', 'g')
                        from pg_stat_statements s join pg_roles r on r.oid = s.userid
                        where rolname <> 'postgres' order by total_exec_time desc limit %d""".formatted(count))) {
            while (rows.next()) {
                statements.add(new Statement(rows.getString(1), rows.getLong(2), rows.getDouble(3), rows.getString(4)));
            }
        }
        return statements;
    }

    /** Waits until all relays have read what is in the log: most of what was put there before is nothing for them. */
    void awaitRelays() throws SQLException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (bytesBehind() > LITTLE && Instant.now().isBefore(deadline)) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** How many bytes of log the relay is behind that is behind most. */
    long bytesBehind() throws SQLException {
        return number("""
                select coalesce(max(pg_current_wal_lsn() - confirmed_flush_lsn), 0)
                from pg_replication_slots where slot_name like '%\\_outbox'""");
    }

    private long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
