package com.amrutam.system.chaos;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Home;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServicePorts;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of {@code ./amrutam chaos}. */
@Command(
        name = "./amrutam chaos",
        mixinStandardHelpOptions = true,
        description =
                "Breaks the running stack part by part while people use it, and checks after each round that no promise"
                        + " was broken. It starts a second instance of every service for the time it takes.",
        footer = {
            "",
            "Exit code 0 when all promises were kept, 10 when the checker found something or an outage was too long."
        })
public final class Chaos implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "5", description = "How many rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--kills",
            defaultValue = "0",
            description = "So many quick kills of relays, consumers and the broker first.")
    private int kills;

    @Option(names = "--seed", description = "Repeats the faults of an earlier run, which printed it.")
    private @Nullable Long seed;

    @Option(
            names = "--people",
            defaultValue = "40",
            description = "How many book all the time (default: ${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--minutes", defaultValue = "1440", description = "Begins no round after so many minutes.")
    private int minutes;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Chaos()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var begun = Instant.now();
        var home = Home.open(Progress.NONE);
        if (!home.isUp()) {
            System.err.println("The stack is not up: ./amrutam up");
            return ExitCode.FAILED;
        }
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        var file = home.directory().root().resolve("chaos-" + chosen + ".jsonl");
        System.out.printf(
                "Seed %d. What people asked for and were told: %s%n",
                chosen, home.repository().relativize(file));
        System.out.println("Starting second instances, and " + people + " people log in …");
        try (var run = new Run(
                home.stack(),
                home.directory(),
                home.repository(),
                ServicePorts.STANDARD,
                home.services(),
                people,
                file,
                chosen,
                System.out)) {
            if (kills > 0) {
                run.kills(kills);
            }
            run.rounds(rounds, begun.plus(Duration.ofMinutes(minutes)));
            run.summarise();
            return run.findings().isEmpty() && !run.isBarMissed() ? 0 : ExitCode.BAR_MISSED;
        }
    }
}
