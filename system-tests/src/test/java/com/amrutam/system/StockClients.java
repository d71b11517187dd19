package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The npm clients an analyst would use, installed once. */
public final class StockClients {
    private static final Path DIRECTORY = Path.of("src/test/node");
    private static boolean installed;

    private StockClients() {}

    /** All there is on the topics: a line for each event, {@code topic event-id json}. */
    public static synchronized List<String> readAll() throws IOException, InterruptedException {
        if (!installed) {
            run(List.of("npm", "ci", "--silent"));
            installed = true;
        }
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
                .directory(DIRECTORY.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = process.inputReader().readAllAsString();
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
