package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.StackDirectory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two instances of each service behind one gateway, one of which is restarted while people go on calling: reads all
 * succeed, and of changes fail only ones that the same key heals.
 */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartTest {
    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int PAUSE_MILLIS = 50;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger healed = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<ServerProcess> processes = new ArrayList<>();

    @AfterAll
    void stop() throws Exception {
        for (var process : processes) {
            process.stop(STOP);
        }
    }

    @Test
    void people_do_not_notice() throws Exception {
        var directory = StackDirectory.at(Files.createTempDirectory("amrutam-twins-"));
        var twins = ServicePorts.free();
        var services = Services.forOnce(RunningSystem.stack(), directory, RunningSystem.repository(), twins).stream()
                .filter(process -> !process.server().name().equals("gateway"))
                .toList();
        var gateway = Services.gateway(
                RunningSystem.stack(),
                directory,
                RunningSystem.repository(),
                twins.gateway(),
                List.of(RunningSystem.services(), twins));
        processes.addAll(services);
        processes.add(gateway);
        Services.start(processes, Progress.NONE);

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 6; number++) {
                var person = new Person(
                        "+9195%08d".formatted(System.nanoTime() % 100_000_000), twins, HttpClient.newHttpClient());
                person.logIn();
                people.submit(() -> call(person));
            }
            for (var service : services) {
                int before = reads.get();
                service.stop(STOP);
                service.start();
                service.awaitReady(START);
                assertThat(reads.get())
                        .as("calls while %s restarted", service.server().name())
                        .isGreaterThan(before);
            }
            done.countDown();
        }

        System.out.printf(
                "Rolling restart: %d reads, %d changes, of which %d needed their key once more%n",
                reads.get(), changes.get(), healed.get());
        assertThat(failures).isEmpty();
        assertThat(changes).hasPositiveValue();
    }

    private void call(Person person) {
        try {
            while (!done.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                read(person, "/api/v1/doctors?sort=soonest");
                read(person, "/api/v1/users/me");
                read(person, "/api/v1/appointments");
                read(person, "/api/v1/notifications");
                change(person);
                // Below the limit of a hundred calls a minute.
                done.await(3, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(e.toString());
        }
    }

    private void read(Person person, String path) throws InterruptedException {
        var answer = person.api().get(path);
        reads.incrementAndGet();
        if (answer.status() != 200) {
            failures.add(answer.call() + " " + answer.status() + " " + answer.body());
        }
    }

    private void change(Person person) throws InterruptedException {
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var body = "{\"name\":\"" + UUID.randomUUID() + "\"}";
        changes.incrementAndGet();
        var answer = person.api().send("PATCH", "/api/v1/users/me", body, key);
        if (answer.status() >= 500) {
            healed.incrementAndGet();
            answer = person.api().send("PATCH", "/api/v1/users/me", body, key);
        }
        if (answer.status() != 200) {
            failures.add(answer.call() + " " + answer.status() + " " + answer.body());
        }
    }
}
