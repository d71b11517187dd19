package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The clients an analyst would use. */
public final class StockClients {
    private StockClients() {}

    /** All there is on the topics: a line for each event, {@code topic event-id json}. */
    public static List<String> readAll() throws IOException, InterruptedException {
        var stack = RunningSystem.stack();
        return readAll(stack.bootstrapServers(), stack.registryUrl());
    }

    /** The same of another cluster. */
    public static List<String> readAll(String bootstrapServers, URI registry) throws IOException, InterruptedException {
        NodePackages.file("kafkajs");
        var command = List.of("node", "decode.mjs", bootstrapServers, registry.toString());
        return run(command).lines().toList();
    }

    /** All there is on a topic, as the Java program of docs/analytics.md prints it: {@code event-id key event}. */
    static List<String> readWithJava(String topic) throws IOException, InterruptedException {
        var stack = RunningSystem.stack();
        return run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunningSystem.repository()
                                .resolve("docs/analytics/PrintEvents.java")
                                .toString(),
                        stack.bootstrapServers(),
                        stack.registryUrl().toString().replaceAll("/apis/.*", ""),
                        topic))
                .lines()
                .toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var errors = Files.createTempFile("stock-client", ".err");
        try {
            var process = new ProcessBuilder(command)
                    .directory(NodePackages.DIRECTORY.toFile())
                    .redirectError(errors.toFile())
                    .start();
            var output = process.inputReader().readAllAsString();
            assertThat(process.waitFor())
                    .as(() -> "%s: %s%n%s".formatted(command, output, contentOf(errors.toFile())))
                    .isZero();
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
