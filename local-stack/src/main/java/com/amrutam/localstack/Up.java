package com.amrutam.localstack;

import com.amrutam.localstack.demo.DemoDoctors;
import com.amrutam.localstack.demo.SmokeTest;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Brings everything up and returns once all of it is healthy. What already runs is left alone. */
@Command(name = "up", description = "Starts what does not run yet, seeds demo doctors, prints the addresses.")
final class Up implements Callable<Integer> {
    /** Measured: the idle stack takes about 2.5 GiB; the rest is for start-up and the demo. */
    private static final long NEEDED_MEBIBYTES = 3_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var parts = new ArrayList<>(List.of("postgres", "replica", "kafka", "redis", "registry"));
        parts.addAll(List.of("identity", "doctor", "booking", "notification", "gateway", "demo doctors", "smoke test"));
        var begun = System.nanoTime();
        try (var board = new Board(parts)) {
            var home = Home.open(board);
            try (var lock = home.lock()) {
                checkPorts(home);
                checkMemory(home, Machine.availableMebibytes());
                var fromNothing = home.processes().stream()
                        .allMatch(process -> process.handle().isEmpty());
                home.stack().start(board);
                Services.start(home.services(), board);
                seed(home, board);
                board.step("smoke test", "waiting for a code to arrive");
                new SmokeTest(ServicePorts.STANDARD, HttpClient.newHttpClient()).run();
                board.ready("smoke test");
                if (fromNothing) {
                    home.lastStart((System.nanoTime() - begun) / 1e9);
                }
                lock.release();
            }
        }
        System.out.printf("%nUp in %.0f s.%n%n", (System.nanoTime() - begun) / 1e9);
        printAddresses();
        return 0;
    }

    private static void seed(Home home, Board board) throws IOException, InterruptedException {
        var marker = home.directory().root().resolve("demo-doctors");
        if (!Files.exists(marker)) {
            board.step("demo doctors", "seeding through the API");
            new DemoDoctors(home.stack(), ServicePorts.STANDARD).seed();
            Files.createFile(marker);
        }
        board.ready("demo doctors");
    }

    static void checkPorts(Home home) {
        var taken = home.processes().stream()
                .filter(process -> process.handle().isEmpty())
                .map(ServerProcess::server)
                .filter(server -> Ports.isTaken(server.port()))
                .map(server -> "Port %d, which %s needs, is taken by %s."
                        .formatted(
                                server.port(),
                                server.name(),
                                Machine.listenerOn(server.port()).orElse("a process of another user")))
                .toList();
        if (!taken.isEmpty()) {
            throw new Trouble(ExitCode.PORT_TAKEN, String.join("\n", taken) + "\nEnd that process, then try again.");
        }
    }

    static void checkMemory(Home home, long available) {
        var processes = home.processes();
        var missing =
                processes.stream().filter(process -> process.handle().isEmpty()).count();
        var needed = NEEDED_MEBIBYTES * missing / processes.size();
        if (available < needed) {
            throw new Trouble(
                    ExitCode.SHORT_OF_MEMORY,
                    "%d MiB of memory are available, and what is to be started takes about %d MiB. Close something first."
                            .formatted(available, needed));
        }
    }

    private static void printAddresses() {
        Stream.of(
                        "API gateway       " + ServicePorts.STANDARD.api() + "/api/v1",
                        "sent messages     " + ServicePorts.STANDARD.messages() + "/dev/messages?to=<phone or e-mail>",
                        "schema registry   http://127.0.0.1:" + Ports.STANDARD.registry() + "/apis/ccompat/v7",
                        "Kafka             127.0.0.1:" + Ports.STANDARD.kafka(),
                        "Postgres          127.0.0.1:" + Ports.STANDARD.postgres() + " (replica "
                                + Ports.STANDARD.replica() + "), passwords in .amrutam/secrets.properties",
                        "Redis             127.0.0.1:" + Ports.STANDARD.redis(),
                        "people            ADMIN " + Services.ADMIN_PHONE + ", doctors " + DemoDoctors.FIRST_PHONE
                                + " and up, patients whoever logs in",
                        "",
                        "Next: ./amrutam demo · ./amrutam status · ./amrutam logs booking · ./amrutam down")
                .forEach(System.out::println);
    }
}
