package com.amrutam.system.chaos;

import com.amrutam.localstack.server.Parallel;
import com.amrutam.localstack.server.Stack;
import com.amrutam.system.check.History;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** People who use the system all the time: some book, some look. */
final class Crowd implements AutoCloseable {
    private static final int READERS_EACH = 3;
    private static final int LOGINS_AT_ONCE = 8;

    private final Gate gate = new Gate();
    private final Outages outages = new Outages();
    private final Tally acknowledged = new Tally();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Mailbox mailbox;
    private final List<Patient> patients = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    private interface Life {
        void live() throws InterruptedException;
    }

    /**
     * Logs everybody in.
     *
     * @param block four digits of their phones that no other run uses
     */
    Crowd(Stack stack, List<URI> gateways, History history, int size, String block, Random random)
            throws InterruptedException {
        this.mailbox = new Mailbox(stack);
        var door = new Door(gateways);
        var visitors = new ArrayList<Visitor>();
        for (int number = 0; number < size + READERS_EACH * Reader.Place.values().length; number++) {
            visitors.add(new Visitor(door, mailbox, outages, block, number));
        }
        Parallel.run(
                LOGINS_AT_ONCE,
                visitors.stream().<Parallel.Task>map(visitor -> visitor::logIn).toList());
        var doctors = new ArrayList<String>();
        door.call("GET", "/api/v1/doctors?limit=100", null, Map.of())
                .body()
                .path("items")
                .forEach(doctor -> doctors.add(doctor.path("id").asText()));
        int next = 0;
        for (int number = 0; number < size; number++) {
            patients.add(new Patient(
                    visitors.get(next++),
                    mailbox,
                    history,
                    gate,
                    doctors,
                    acknowledged,
                    new Random(random.nextLong())));
        }
        for (var place : Reader.Place.values()) {
            for (int number = 0; number < READERS_EACH; number++) {
                readers.add(new Reader(visitors.get(next++), gate, place));
            }
        }
    }

    void start() {
        patients.forEach(patient -> live(patient::live));
        readers.forEach(reader -> live(reader::live));
    }

    private void live(Life life) {
        threads.submit(() -> {
            try {
                life.live();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
    }

    /** Has everybody finish what they are at. */
    void pause() {
        gate.close();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("Somebody could not go on", failures.peek());
        }
    }

    void goOn() {
        gate.open();
    }

    Outages outages() {
        return outages;
    }

    /** The changes that were acknowledged so far. */
    Tally acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        gate.end();
        threads.close();
        mailbox.close();
    }
}
