package com.amrutam.doctor.notice;

import com.amrutam.kit.data.PoolsProperties;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Listens to Postgres for those who want to hear it, on one connection of its own. */
@Component
class Notices implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int SILENCE_MILLIS = 500;

    private final PoolsProperties database;
    private final List<Hearer> hearers;
    private volatile CountDownLatch stopping = new CountDownLatch(0);

    Notices(PoolsProperties database, List<Hearer> hearers) {
        this.database = database;
        this.hearers = hearers;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("notices").start(this::listenUntilStopped);
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void listenUntilStopped() {
        while (isRunning()) {
            try (var connection = connect()) {
                listen(connection);
            } catch (SQLException e) {
                hearers.forEach(Hearer::deaf);
                log.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .addKeyValue("triedAgainAfter", TRY_AGAIN)
                        .log("Changes are not heard of");
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var hearer : hearers) {
                statement.execute("listen " + hearer.channel());
            }
            hearers.forEach(Hearer::hearing);
            var postgres = connection.unwrap(PGConnection.class);
            while (isRunning()) {
                var notices = postgres.getNotifications(SILENCE_MILLIS);
                if (notices.length == 0) {
                    // A server that went without a word is not merely silent: this fails within the socket's timeout.
                    statement.execute("select");
                } else {
                    hearers.forEach(hearer -> pass(notices, hearer));
                }
            }
        }
    }

    private static void pass(PGNotification[] notices, Hearer hearer) {
        var payloads = Arrays.stream(notices)
                .filter(notice -> notice.getName().equals(hearer.channel()))
                .map(PGNotification::getParameter)
                .distinct()
                .toList();
        if (!payloads.isEmpty()) {
            hearer.heard(payloads);
        }
    }

    private Connection connect() throws SQLException {
        // Not from a pool: it is held for good, and a pool would reset what it listens to.
        var properties = new Properties();
        PGProperty.USER.set(properties, database.username());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.APPLICATION_NAME.set(properties, database.username() + "/notices");
        PGProperty.CONNECT_TIMEOUT.set(properties, 2);
        PGProperty.SOCKET_TIMEOUT.set(properties, 2);
        return DriverManager.getConnection(database.url(), properties);
    }

    private void pause() {
        try {
            // Over at once when the service stops.
            var stopped = stopping.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atDebug().addKeyValue("stopped", stopped).log("Looking for Postgres again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
