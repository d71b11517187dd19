package com.amrutam.localstack;

import com.amrutam.localstack.server.Directories;
import com.amrutam.localstack.server.Progress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Back to the day one: everything down, all data and secrets gone. What was built stays. */
@Command(name = "reset", description = "Stops everything and deletes all data and secrets of the local stack.")
final class Reset implements Callable<Integer> {
    private static final List<String> STATE = List.of(
            "postgres",
            "archive",
            "replica",
            "kafka",
            "redis",
            "registry",
            "logs",
            "run",
            "secrets.properties",
            "demo-doctors");

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.open(Progress.NONE);
        if (!yes && !isAgreed()) {
            System.out.println("Nothing was deleted.");
            return ExitCode.FAILED;
        }
        try (var lock = home.lock()) {
            Down.stop(home);
            for (var name : STATE) {
                Directories.delete(home.directory().root().resolve(name));
            }
            for (var before : home.stack().beforeRestores()) {
                Directories.delete(before);
            }
            lock.release();
        }
        System.out.println("All data is deleted; ./amrutam up starts afresh.");
        return 0;
    }

    private static boolean isAgreed() {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Trouble(ExitCode.WRONG_USAGE, "reset deletes all data; say --yes where nobody can be asked.");
        }
        return console.readLine("Delete all data of the local stack? Type yes: ")
                .trim()
                .equals("yes");
    }
}
