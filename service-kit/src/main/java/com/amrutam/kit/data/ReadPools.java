package com.amrutam.kit.data;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections for reads: to the replica while it is there and known to lag no more than it may, else to the primary. Each
 * connection is asked how far its server has replayed, since behind one address there may be several replicas.
 */
final class ReadPools extends AbstractDataSource implements SmartLifecycle, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadPools.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int SAMPLES_PER_BOUND = 5;

    private final InTurn primary;
    private final InTurn replica;
    private final HikariDataSource admin;
    private final Duration maxLag;
    private final ReplicaProgress progress = new ReplicaProgress();
    private final Map<Connection, Long> shownBy = Collections.synchronizedMap(new WeakHashMap<>());
    private final Counter replicaReads;
    private final Counter primaryReads;
    private volatile long shownUntil = System.nanoTime();
    private volatile boolean replicaAway;
    private volatile CountDownLatch stopping = new CountDownLatch(0);

    ReadPools(
            HikariDataSource primary,
            HikariDataSource replica,
            HikariDataSource admin,
            Duration maxLag,
            MeterRegistry metrics) {
        this.primary = new InTurn(primary);
        this.replica = new InTurn(replica);
        this.admin = admin;
        this.maxLag = maxLag;
        this.replicaReads = counter("replica", metrics);
        this.primaryReads = counter("primary", metrics);
        TimeGauge.builder(
                        "amrutam.replica.lag",
                        this,
                        TimeUnit.NANOSECONDS,
                        pools -> System.nanoTime() - pools.shownUntil)
                .description("At most so old is what the replica shows")
                .register(metrics);
    }

    private static Counter counter(String server, MeterRegistry metrics) {
        return Counter.builder("amrutam.reads")
                .tag("server", server)
                .description("Connections taken for reads that may go to the replica")
                .register(metrics);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var fromReplica = replicaAway || Freshness.isOfThePrimary() ? null : freshReplica();
        if (fromReplica != null) {
            replicaReads.increment();
            return fromReplica;
        }
        primaryReads.increment();
        return primary.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The pools know who they are");
    }

    private @Nullable Connection freshReplica() {
        var boundary = Freshness.atLeast(System.nanoTime() - maxLag.toNanos());
        try {
            var connection = replica.getConnection();
            if (isFresh(connection, boundary)) {
                return connection;
            }
            connection.close();
        } catch (SQLException e) {
            replicaIsAway(e);
        }
        return null;
    }

    /** A server is asked no oftener than needed: it goes on from what it has shown, and a connection stays with its server. */
    private boolean isFresh(Connection connection, long boundary) throws SQLException {
        var server = connection.unwrap(Connection.class);
        var known = shownBy.get(server);
        if (known != null && known - boundary >= 0) {
            return true;
        }
        var replayed = replayed(connection);
        if (replayed == null) {
            return false;
        }
        var shown = progress.shows(replayed);
        if (shown != null) {
            shownUntil = shown;
            shownBy.put(server, shown);
        }
        return shown != null && shown - boundary >= 0 || progress.isAllThereIs(replayed);
    }

    /** How far the server has replayed, in bytes of log; null for one that is no replica, and may have parted from the primary. */
    private static @Nullable Long replayed(Connection connection) throws SQLException {
        return position(
                connection,
                "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() - '0/0'::pg_lsn end as position");
    }

    private static @Nullable Long position(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            var position = row.next() ? row.getBigDecimal("position") : null;
            if (!connection.getAutoCommit()) {
                // Whatever is read later must not be read in the snapshot of this question.
                connection.rollback();
            }
            return position == null ? null : position.longValueExact();
        }
    }

    private void replicaIsAway(SQLException cause) {
        if (!replicaAway) {
            replicaAway = true;
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .addKeyValue("triedAgainAfter", TRY_AGAIN)
                    .log("The replica does not answer; the primary serves its reads");
        }
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        Thread.ofVirtual().name("replica-watch").start(this::watchUntilStopped);
    }

    private void watchUntilStopped() {
        var interval = maxLag.dividedBy(SAMPLES_PER_BOUND);
        var nextTry = System.nanoTime();
        try {
            do {
                samplePrimary();
                if (System.nanoTime() - nextTry >= 0) {
                    nextTry = System.nanoTime() + TRY_AGAIN.toNanos();
                    lookForReplica();
                }
            } while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void samplePrimary() {
        var before = System.nanoTime();
        try (var connection = admin.getConnection()) {
            var position = position(connection, "select pg_current_wal_flush_lsn() - '0/0'::pg_lsn as position");
            if (position != null) {
                progress.primaryWasAt(before, position);
            }
        } catch (SQLException e) {
            progress.primaryIsAway();
        }
    }

    private void lookForReplica() {
        try (var connection = replica.getConnection()) {
            // Asked also while nobody reads, so that the lag is known.
            var replayed = replayed(connection);
            var shown = replayed == null ? null : progress.shows(replayed);
            if (shown != null) {
                shownUntil = shown;
            }
            if (replicaAway) {
                replicaAway = false;
                log.info("The replica is back and serves reads again");
            }
        } catch (SQLException e) {
            replicaIsAway(e);
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopping.getCount() > 0;
    }

    @Override
    public void close() {
        primary.close();
        replica.close();
    }
}
