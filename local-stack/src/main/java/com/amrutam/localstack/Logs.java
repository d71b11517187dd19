package com.amrutam.localstack;

import com.amrutam.localstack.server.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The log of one part. */
@Command(name = "logs", description = "Shows what a server or service printed.")
final class Logs implements Callable<Integer> {
    @Parameters(paramLabel = "PART", description = "As status names it, such as booking or kafka.")
    private String part = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Keeps showing what is added.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many lines from the end (${DEFAULT-VALUE}).")
    private int lines = 200;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.open(Progress.NONE);
        var names = home.processes().stream()
                .map(process -> process.server().name())
                .collect(Collectors.toList());
        if (!names.contains(part)) {
            throw new Trouble(
                    ExitCode.WRONG_USAGE, "There is no part " + part + ". There are " + String.join(", ", names) + ".");
        }
        var log = home.directory().log(part);
        if (!Files.exists(log)) {
            throw new Trouble(ExitCode.FAILED, part + " has not run yet, so it has no log.");
        }
        var command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        command.add(log.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
