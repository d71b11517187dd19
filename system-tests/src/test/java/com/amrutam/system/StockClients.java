package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.util.List;

/** The npm clients an analyst would use. */
public final class StockClients {
    private StockClients() {}

    /** All there is on the topics: a line for each event, {@code topic event-id json}. */
    public static List<String> readAll() throws IOException, InterruptedException {
        NodePackages.file("kafkajs");
        var stack = RunningSystem.stack();
        return run(List.of(
                        "node",
                        "decode.mjs",
                        stack.bootstrapServers(),
                        stack.registryUrl().toString()))
                .lines()
                .toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(NodePackages.DIRECTORY.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = process.inputReader().readAllAsString();
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
