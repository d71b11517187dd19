package com.amrutam.system.load;

import java.time.Duration;
import java.util.List;

/** Keeps everybody logged in until it is closed. */
final class Renewal implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final List<Patient> patients;
    private final Thread thread;

    Renewal(List<Patient> patients) {
        this.patients = List.copyOf(patients);
        this.thread = Thread.ofVirtual().name("renewal").start(this::renew);
    }

    private void renew() {
        try {
            while (true) {
                for (var patient : patients) {
                    renew(patient);
                }
                Thread.sleep(ROUND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whose app is refused has minutes to ask again; if that does not help, their calls are refused, and that is counted. */
    private static void renew(Patient patient) throws InterruptedException {
        try {
            patient.renewWhenDue();
        } catch (IllegalStateException e) {
            System.err.println("A token was not renewed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
