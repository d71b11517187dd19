package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that are run to their end. */
public final class Command {
    private Command() {}

    /**
     * Runs a program and waits for it.
     *
     * @param failure what it means when it fails
     * @throws Failed when it ends with another exit code than 0
     */
    public static void run(String failure, List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new Failed(failure + ":\n" + output);
        }
    }

    /** A program failed; the message has what it said. */
    public static final class Failed extends IOException {
        private Failed(String message) {
            super(message);
        }
    }
}
