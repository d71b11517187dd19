package com.amrutam.system.load;

import com.amrutam.localstack.EventDelay;
import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Home;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Stack;
import com.amrutam.system.check.Checker;
import com.amrutam.system.check.History;
import com.amrutam.system.load.Footprint.Collections;
import io.gatling.app.Gatling$;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a scenario against the running stack, prints what it cost, and fails when a bar was missed. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Puts load on the running stack through its gateway and measures. Exit code 0 when all bars of the"
                        + " scenario were cleared, 10 when one was missed.")
public final class Load implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    /** To add up what a hundred sessions of Postgres share takes a processor 150 ms. */
    private static final double BETWEEN_LOOKS_SECONDS = 14;
    /** How long what was set off may take to come to its end. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

    @Option(
            names = "--scenario",
            defaultValue = "day",
            description = "day (5,000 appointments and 50,000 reads), booking (slots held and confirmed, nothing else),"
                    + " search (cached searches, flat out), soak (a tenth of the day's rate). Default: day.")
    private Scenario scenario = Scenario.DAY;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "240",
            description = "How long people come before anything counts: the JVMs compile at first. Default: 240.")
    private int warmUpSeconds;

    @Option(names = "--minutes", description = "How long to measure, where not as long as the scenario says.")
    private @Nullable Integer minutes;

    @Option(
            names = "--rate",
            paramLabel = "PERCENT",
            defaultValue = "100",
            description = "How many people come, of those that the scenario has. Default: 100.")
    private int ratePercent;

    @Option(
            names = "--past",
            paramLabel = "DAYS",
            defaultValue = "0",
            description = "How many days with 5,000 appointments each are in the tables already. Default: 0.")
    private int pastDays;

    @Option(
            names = "--instances",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "How many of each service there are, behind one gateway. Default: 1.")
    private int instances;

    @Option(
            names = "--within",
            paramLabel = "MILLIS",
            description =
                    "Another bar for latency than the scenario's (day and soak: 95 %% of the calls, booking: 95 %%"
                            + " of the holds, search: 99 %%).")
    private @Nullable Integer withinMillis;

    private Load() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Load())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException, ExecutionException {
        var home = Home.open(Progress.NONE);
        if (!home.isUp()) {
            System.err.println("The stack is not up: ./amrutam up");
            return ExitCode.FAILED;
        }
        var results =
                Files.createDirectories(home.directory().root().resolve("load").resolve(STAMP.format(Instant.now())));
        try (var all = new Instances(home, instances);
                var database = new Database(home.stack());
                var checker = new Checker(home.stack(), all.api());
                var history = History.to(results.resolve("history.jsonl"))) {
            var crowd = prepare(home.stack());
            database.awaitRelays();
            try (var _ = new Renewal(crowd.patients())) {
                return new Run(crowd, all, database, checker, history, home, results).go();
            }
        }
    }

    private Crowd prepare(Stack stack) throws InterruptedException, SQLException {
        var begun = System.nanoTime();
        var preparation = new Preparation(stack, ServicePorts.STANDARD);
        var specializations = preparation.specializations();
        System.out.println("Preparing doctors, slots and patients through the API");
        var made = preparation.makeDoctors(slotsNeeded(), specializations);
        var patients = preparation.patients(scenario.patients());
        var doctors = preparation.doctors();
        Past.fill(stack, pastDays);
        System.out.printf(
                "%,d patients logged in, %,d doctors to book (%,d new), %d days past, %.0f s%n%n",
                patients.size(), doctors.size(), made, pastDays, (System.nanoTime() - begun) / 1e9);
        return new Crowd(patients, doctors, specializations);
    }

    /** Three times what will be booked, so that people have a choice to the end. */
    private int slotsNeeded() {
        return (int) (3 * scenario.booking() * ratePercent / 100 * (length().toSeconds() + warmUpSeconds)) + 1_000;
    }

    private Duration length() {
        return minutes == null ? scenario.length() : Duration.ofMinutes(minutes);
    }

    /** One play of the scenario. */
    private final class Run {
        private final Measurements measurements =
                new Measurements(scenario.wantedAppointments(), scenario.wantedReads());
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final Crowd crowd;
        private final URI api;
        private final Database database;
        private final Checker checker;
        private final History history;
        private final List<ServerProcess> services;
        private final Path results;
        private final Footprint footprint;
        private final Report report = new Report();
        private long mostBytesBehind;

        private Run(
                Crowd crowd,
                Instances all,
                Database database,
                Checker checker,
                History history,
                Home home,
                Path results) {
            this.crowd = crowd;
            this.api = all.api();
            this.database = database;
            this.checker = checker;
            this.history = history;
            this.services = home.services();
            this.results = results;
            this.footprint = new Footprint(all.processes());
        }

        int go() throws InterruptedException, IOException, SQLException, ExecutionException {
            Play.prepare(new Play.Script(
                    scenario,
                    ratePercent / 100.0,
                    api.toString(),
                    new Visits(crowd, measurements, history, ServicePorts.STANDARD.messages()),
                    Duration.ofSeconds(warmUpSeconds),
                    length(),
                    begun::countDown));
            var gatling = Thread.ofPlatform().name("gatling").start(this::play);
            begun.await();
            System.out.printf("Warming up for %d s%n", warmUpSeconds);
            var beginning = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
            over.await(beginning - System.nanoTime(), TimeUnit.NANOSECONDS);
            database.reset();
            var collectionsBefore = collections();
            var cpu = footprint.cpuMillis();
            measurements.begin();
            watch();
            measurements.end();
            var took = Report.difference(cpu, footprint.cpuMillis());
            var collections = since(collectionsBefore);
            var statements = database.statements();
            var longest = database.longest(25);
            var requests = measurements.of(Call::isOfTheApi).count();
            footprint.look();
            gatling.join();
            var last = System.nanoTime();
            var findings = checker.check(history.requests(), PATIENCE);
            double secondsOfCheck = (System.nanoTime() - last) / 1e9;

            report.calls(measurements);
            report.processes(footprint, took, collections, statements, Math.max(1, requests), measurements.seconds());
            report.events(delays(), mostBytesBehind);
            report.statements(longest, requests);
            report.check(findings, history.requests().size(), secondsOfCheck);
            var missed = scenario.missed(measurements, footprint, instances, withinMillis);
            if (!findings.isEmpty()) {
                missed.add("a checker without findings");
            }
            report.verdict(scenario, measurements, missed);
            System.out.print(report);
            Files.writeString(results.resolve("table.txt"), report.toString());
            System.out.printf("%nTables and Gatling's report: %s%n", results);
            return missed.isEmpty() ? 0 : ExitCode.BAR_MISSED;
        }

        private void play() {
            try {
                // The only way to run it and go on afterwards: main() ends the process.
                Gatling$.MODULE$.fromArgs(
                        new String[] {"--simulation", Play.class.getName(), "--results-folder", results.toString()});
            } finally {
                over.countDown();
            }
        }

        /** Until all that was wanted is done, or the time is over. */
        private void watch() throws InterruptedException, SQLException {
            System.out.printf(
                    "%8s %8s %9s %8s %8s %14s %10s %8s%n",
                    "AFTER", "PEOPLE", "CALLS/S", "P50", "P95", "APPOINTMENTS", "READS", "ERRORS");
            long before = 0;
            double secondsBefore = 0;
            double looked = -BETWEEN_LOOKS_SECONDS;
            var deadline = System.nanoTime() + length().toNanos();
            while (System.nanoTime() < deadline
                    && !Double.isFinite(measurements.secondsToAllWanted())
                    && !over.await(
                            Math.min(BETWEEN_LINES.toNanos(), deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                if (measurements.seconds() - looked > BETWEEN_LOOKS_SECONDS) {
                    looked = measurements.seconds();
                    footprint.look();
                }
                mostBytesBehind = Math.max(mostBytesBehind, database.bytesBehind());
                var calls = measurements.of(Call::isOfTheApi);
                System.out.printf(
                        "%6.0f s %,8d %,9.0f %5d ms %5d ms %,14d %,10d %,8d%n",
                        measurements.seconds(),
                        measurements.people(),
                        (calls.count() - before) / (measurements.seconds() - secondsBefore),
                        calls.percentile(0.5),
                        calls.percentile(0.95),
                        measurements.appointments(),
                        measurements.reads(),
                        measurements.errors());
                before = calls.count();
                secondsBefore = measurements.seconds();
            }
        }

        private Map<String, Collections> collections() {
            var all = new HashMap<String, Collections>();
            footprint.names().forEach(name -> footprint.collections(name).ifPresent(its -> all.put(name, its)));
            return all;
        }

        private Map<String, Collections> since(Map<String, Collections> before) {
            var all = new HashMap<String, Collections>();
            collections().forEach((name, its) -> {
                var earlier = before.get(name);
                if (earlier != null) {
                    all.put(name, its.since(earlier));
                }
            });
            return all;
        }

        private Map<String, List<EventDelay>> delays() {
            var delays = new TreeMap<String, List<EventDelay>>();
            services.forEach(service -> delays.put(service.server().name(), EventDelay.in(service.server())));
            return delays;
        }
    }
}
