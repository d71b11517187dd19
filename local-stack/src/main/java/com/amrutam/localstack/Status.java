package com.amrutam.localstack;

import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What runs, and with {@code --resources} what it takes. */
@Command(name = "status", description = "Shows what runs. Exit code 0 when all parts are up, else 1.")
final class Status implements Callable<Integer> {
    @Option(
            names = "--resources",
            description = "Also memory (resident, shared pages counted once) and processor time of each part, and how"
                    + " long events took from occurrence to consumer.")
    private boolean resources;

    @Override
    public Integer call() throws IOException {
        var home = Home.open(Progress.NONE);
        System.out.printf("%-14s %-9s %8s %6s %10s", "PART", "STATE", "PID", "PORT", "UPTIME");
        System.out.println(resources ? "    MEMORY        CPU" : "");
        long memory = 0;
        var cpu = Duration.ZERO;
        boolean allUp = true;
        for (var process : home.processes()) {
            var handle = process.handle();
            var state = handle.isEmpty() ? "down" : process.server().isReady() ? "up" : "not ready";
            allUp &= state.equals("up");
            System.out.printf(
                    "%-14s %-9s %8s %6d %10s",
                    process.server().name(),
                    state,
                    handle.map(running -> Long.toString(running.pid())).orElse("-"),
                    process.server().port(),
                    handle.flatMap(running -> running.info().startInstant())
                            .map(Status::uptime)
                            .orElse("-"));
            if (resources) {
                var tree = tree(process);
                var itsMemory = tree.stream()
                        .mapToLong(running -> Machine.memoryKibibytes(running.pid()))
                        .sum();
                var itsCpu = tree.stream()
                        .flatMap(running -> running.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus);
                System.out.print(columns(itsMemory, itsCpu));
                memory += itsMemory;
                cpu = cpu.plus(itsCpu);
            }
            System.out.println();
        }
        if (resources) {
            System.out.printf("%-51s%s%n", "total", columns(memory, cpu));
            home.lastStart().ifPresent(seconds -> System.out.printf("%nLast start of it all: %s s%n", seconds));
            printDelays(home);
        }
        return allUp ? 0 : ExitCode.FAILED;
    }

    private static void printDelays(Home home) {
        System.out.printf("%n%-41s %-14s %8s %8s%n", "EVENTS SINCE THE SERVICE'S START", "CONSUMER", "P50", "P99");
        for (var service : home.services()) {
            for (var delay : EventDelay.in(service.server())) {
                System.out.printf(
                        "%-41s %-14s %5.0f ms %5.0f ms%n",
                        delay.topic(), service.server().name(), delay.p50() * 1e3, delay.p99() * 1e3);
            }
        }
    }

    private static String columns(long kibibytes, Duration cpu) {
        return " %5d MiB %8.1f s".formatted(kibibytes / 1024, cpu.toMillis() / 1e3);
    }

    /** Postgres is many processes. */
    private static List<ProcessHandle> tree(ServerProcess process) {
        return process.handle().stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
    }

    private static String uptime(Instant start) {
        var uptime = Duration.between(start, Instant.now());
        return uptime.toHours() > 0
                ? "%d h %02d m".formatted(uptime.toHours(), uptime.toMinutesPart())
                : "%d m %02d s".formatted(uptime.toMinutes(), uptime.toSecondsPart());
    }
}
