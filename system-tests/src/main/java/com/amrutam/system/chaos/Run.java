package com.amrutam.system.chaos;

import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import com.amrutam.system.check.Checker;
import com.amrutam.system.check.Finding;
import com.amrutam.system.check.History;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Rounds of faults on one system under constant use, each followed by a check. The seed decides what goes wrong and when. */
public final class Run implements AutoCloseable {
    /** What things may take to settle once all is whole again. */
    private static final Duration SETTLING = Duration.ofSeconds(90);

    private static final Duration WARMING = Duration.ofMinutes(1);
    private static final int PROMPT_CALLS = 200;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final int SPREAD_MILLIS = 4_000;
    /** Changes that show that people get through again. */
    private static final int ENOUGH = 5;

    private final PrintStream out;
    private final Random random;
    private final Fleet fleet;
    private final Deck deck;
    private final History history;
    private final Checker checker;
    private final Crowd crowd;
    private final Set<Finding> known = new HashSet<>();
    private final Map<String, Kind> kinds = new TreeMap<>();
    private int rounds;
    private boolean isMissed;

    /** What came of all rounds with one kind of fault. */
    private record Kind(int rounds, Duration longest, Optional<Duration> bar) {
        Kind and(Kind other) {
            return new Kind(rounds + other.rounds, longest.compareTo(other.longest) > 0 ? longest : other.longest, bar);
        }
    }

    /**
     * Starts second instances and brings people in; returns when all of them use the system and are served promptly.
     *
     * @param ports where the first instances listen
     * @param services the processes of the first instances
     * @param people how many book
     * @param file where their history is kept
     */
    public Run(
            Stack stack,
            StackDirectory directory,
            Path repository,
            ServicePorts ports,
            List<ServerProcess> services,
            int people,
            Path file,
            long seed,
            PrintStream out)
            throws IOException, InterruptedException, SQLException {
        this.out = out;
        this.random = new Random(seed);
        var begun = Instant.now();
        this.fleet = new Fleet(stack, directory, repository, ports, services);
        out.printf("Second instances and two gateways run after %.0f s", seconds(since(begun)));
        if (fleet.disk().isEmpty()) {
            out.printf("; the disk of Postgres' log stays as it is, since only root may mount another");
        }
        this.deck = new Deck(fleet, random);
        this.history = History.to(file);
        this.checker = new Checker(stack, fleet.doors().getFirst());
        // Not of the seed: phones that an earlier run with the same seed registered are taken.
        var block = "96%04d".formatted(new Random().nextInt(10_000));
        this.crowd = new Crowd(stack, fleet.doors(), history, people, block, random);
        crowd.start();
        out.printf(", people are in after %.0f s", seconds(since(begun)));
        awaitPrompt();
        out.printf(" and served promptly after %.0f s%n", seconds(since(begun)));
        out.printf(
                "%-5s %-62s %6s %8s %-12s %12s %8s %8s %s%n",
                "ROUND", "FAULT", "FOR", "OUTAGE", "OF", "FAILED", "SETTLED", "TOOK", "FINDINGS");
    }

    /**
     * A system that has just started keeps people waiting without any fault, the longer the fewer cores it has: on two, a
     * call takes up to 3 s of its first half minute.
     */
    private void awaitPrompt() throws InterruptedException {
        var deadline = Instant.now().plus(WARMING);
        while (crowd.outages().promptInARow() < PROMPT_CALLS && Instant.now().isBefore(deadline)) {
            Thread.sleep(Pace.LOOK);
        }
        crowd.outages().take(Instant.now());
    }

    /** Goes so many rounds; stops early when the time is over. */
    public void rounds(int wanted, Instant until)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        for (int number = 0; number < wanted && Instant.now().isBefore(until); number++) {
            round(deck.next());
        }
    }

    /** What is likeliest: an upgrade of what people use most, the database gone. */
    public void briefly() throws IOException, InterruptedException, SQLException, ExecutionException {
        for (var process : fleet.zone()) {
            round(new Fault.Restart(process));
        }
        round(new Fault.Kill(fleet.server("kafka")));
        round(new Fault.Kill(fleet.server("postgres")));
    }

    private void round(Fault fault) throws IOException, InterruptedException, SQLException, ExecutionException {
        var begun = Instant.now();
        fault.strike();
        var length = SHORTEST.plusMillis(random.nextInt(SPREAD_MILLIS));
        Thread.sleep(length);
        fault.heal();
        recover();
        check(fault.title(), fault.kind(), fault.bar(), begun, length);
    }

    /**
     * Kills instances and the broker so many times, each as soon as the last one is back and people get through again, and
     * checks at the end: relays and consumers die at every point of their work.
     */
    public void kills(int kills) throws IOException, InterruptedException, SQLException, ExecutionException {
        var victims = Stream.concat(
                        fleet.services().stream(),
                        fleet.servers().stream()
                                .filter(process -> Processes.name(process).equals("kafka")))
                .toList();
        var begun = Instant.now();
        var killed = new ArrayList<String>();
        for (int kill = 0; kill < kills; kill++) {
            var victim = victims.get(random.nextInt(victims.size()));
            var sibling = fleet.siblingOf(victim);
            if (sibling.isPresent()) {
                sibling.get().awaitReady(Fault.READY);
            }
            victim.kill();
            victim.start();
            killed.add(Processes.name(victim));
            if (!crowd.acknowledged().awaitMore(ENOUGH, Bars.RECOVERY)) {
                throw new IllegalStateException("Nobody gets through any more after the kill of " + killed.getLast());
            }
        }
        for (var victim : victims) {
            victim.awaitReady(Fault.READY);
        }
        recover();
        out.println("Killed in turn: " + String.join(", ", killed));
        check(kills + " x kill -9", "quick kills, one after another", Optional.empty(), begun, since(begun));
    }

    /** All is whole again; now people have to notice. */
    private void recover() throws InterruptedException {
        var deadline = Instant.now().plus(Bars.RECOVERY);
        crowd.acknowledged().awaitMore(ENOUGH, Bars.RECOVERY);
        while (crowd.outages().isAnyoneWithout(Instant.now()) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Pace.LOOK);
        }
    }

    private void check(String fault, String kind, Optional<Duration> bar, Instant begun, Duration length)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var seen = crowd.outages().take(Instant.now());
        crowd.pause();
        var quiet = Instant.now();
        var findings = checker.check(history.requests(), SETTLING);
        var fresh = findings.stream().filter(known::add).toList();
        var most = bar.orElse(Bars.RECOVERY);
        boolean isTooLong = seen.longest().compareTo(most) > 0;
        isMissed |= isTooLong;
        kinds.merge(kind, new Kind(1, seen.longest(), bar), Kind::and);
        out.printf(
                "%-5d %-62s %4.1f s %6.1f s %-12s %5d/%6d %6.1f s %6.1f s %d%s%n",
                ++rounds,
                fault,
                seconds(length),
                seconds(seen.longest()),
                seen.where(),
                seen.failed(),
                seen.calls(),
                seconds(since(quiet)),
                seconds(since(begun)),
                fresh.size(),
                isTooLong ? "  longer than " + most.toSeconds() + " s" : "");
        if (seen.failed() > 0) {
            out.println("      failed: " + seen.failures());
        }
        fresh.forEach(finding -> out.println("      " + finding));
        crowd.goOn();
    }

    /** What came of it, by kinds of faults. */
    public void summarise() {
        out.printf("%n%-44s %6s %15s %6s%n", "KIND OF FAULT", "ROUNDS", "LONGEST OUTAGE", "BAR");
        kinds.forEach((name, kind) -> out.printf(
                "%-44s %6d %13.1f s %6s%n",
                name,
                kind.rounds(),
                seconds(kind.longest()),
                kind.bar().map(bar -> bar.toSeconds() + " s").orElse("-")));
        out.printf(
                "%d rounds, %d changes acknowledged, %d findings%s%n",
                rounds,
                crowd.acknowledged().count(),
                known.size(),
                isMissed ? ", and somebody waited longer than promised" : "");
    }

    private static Duration since(Instant when) {
        return Duration.between(when, Instant.now());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    /** What was found so far. */
    public Set<Finding> findings() {
        return Set.copyOf(known);
    }

    /** True when somebody was without a service for longer than promised. */
    public boolean isBarMissed() {
        return isMissed;
    }

    /** How many changes people were told yes to. */
    public int acknowledged() {
        return crowd.acknowledged().count();
    }

    /** Sends people home and leaves the system as it was found. */
    @Override
    public void close() throws IOException {
        crowd.close();
        checker.close();
        history.close();
        try {
            fleet.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
