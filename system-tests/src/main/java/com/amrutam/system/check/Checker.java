package com.amrutam.system.check;

import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.server.Stack;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Watches a stack from the moment it is made and decides at any quiet moment after that whether all promises were kept.
 * Clients must have stopped for a check; what they set off is waited for.
 */
public final class Checker implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Stack stack;
    private final OffsetDateTime since;
    private final TopicLog topics;
    private final Groups groups;
    private final SearchPromise search;
    private final ClientsPromises clients = new ClientsPromises();

    /** @param api where clients reach the system */
    public Checker(Stack stack, URI api) throws SQLException {
        this.stack = stack;
        this.topics = new TopicLog(stack.bootstrapServers(), new EventCodec(new SchemaRegistry(stack.registryUrl())));
        this.groups = new Groups(stack.bootstrapServers());
        this.search = new SearchPromise(api);
        try (var database = stack.connect()) {
            this.since = now(database);
        }
    }

    /**
     * Waits until nothing is under way and answers what is broken then.
     *
     * @param patience how long things may take to settle; what has not by then is a finding
     */
    public List<Finding> check(List<Request> history, Duration patience)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        var deadline = Instant.now().plus(patience);
        var findings = new ArrayList<Finding>();
        try (var database = stack.connect()) {
            var events = events(database, deadline);
            if (!events.isEmpty()) {
                // Locks run out at any moment, so there may be an event between two looks: only what stays broken is.
                events.retainAll(events(database, deadline));
            }
            findings.addAll(events);
            for (var rule : Rule.ALWAYS) {
                findings.addAll(rule.broken(database));
            }
            findings.addAll(clients.broken(database, history));
            findings.addAll(views(database, deadline));
        }
        return findings;
    }

    /** What is broken once nothing is under way. */
    private List<Finding> events(Connection database, Instant deadline)
            throws SQLException, InterruptedException, ExecutionException {
        var findings = new ArrayList<Finding>();
        if (!settles(database, deadline)) {
            findings.add(new Finding("What was set off comes to its end", "events are unpublished or unhandled"));
        }
        findings.addAll(
                EventsPromises.broken(database, since, topics.readToEnd(), groups.listeners(), groups.parked()));
        return findings;
    }

    private boolean settles(Connection database, Instant deadline)
            throws SQLException, InterruptedException, ExecutionException {
        while (EventsPromises.unpublished(database, since, topics.readToEnd()) > 0 || groups.behind() > 0) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    /** Locks run out and reminders fall due at any moment: only what stays broken is. */
    private List<Finding> views(Connection database, Instant deadline) throws SQLException, InterruptedException {
        while (true) {
            var findings = new ArrayList<Finding>();
            for (var rule : Rule.AFTER_QUIET) {
                findings.addAll(rule.broken(database));
            }
            findings.addAll(search.broken(database));
            if (findings.isEmpty() || Instant.now().isAfter(deadline)) {
                return findings;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static OffsetDateTime now(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    @Override
    public void close() {
        topics.close();
        groups.close();
    }
}
