package com.amrutam.system.load;

import com.amrutam.localstack.EventDelay;
import com.amrutam.system.check.Finding;
import com.amrutam.system.load.Footprint.Collections;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables at the end of a run. */
final class Report {
    private static final int MOST_FINDINGS = 20;

    private final StringBuilder text = new StringBuilder();

    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append(System.lineSeparator());
    }

    void calls(Measurements seen) {
        line("%n%-14s %9s %9s %8s %8s %8s %8s", "CALL", "COUNT", "PER S", "P50", "P95", "P99", "MAX");
        Arrays.stream(Call.values())
                .filter(call -> seen.of(call).count() > 0)
                .forEach(call -> latencies(call.title(), seen.of(call), seen.seconds()));
        latencies("all of the API", seen.of(Call::isOfTheApi), seen.seconds());
        counts("REFUSED, as it should", seen.refusalsByCode());
        counts("ERRORS", seen.errorsByCode());
    }

    private void latencies(String name, Latencies its, double seconds) {
        line(
                "%-14s %,9d %,9.0f %5d ms %5d ms %5d ms %5d ms",
                name,
                its.count(),
                its.count() / seconds,
                its.percentile(0.5),
                its.percentile(0.95),
                its.percentile(0.99),
                its.percentile(1));
    }

    private void counts(String title, Map<String, Long> counts) {
        line("%n%s: %s", title, counts.isEmpty() ? "none" : "");
        counts.forEach((name, count) -> line("  %-40s %,9d", name, count));
    }

    /**
     * @param cpu milliseconds each process took while measured
     * @param requests to the API in that time
     */
    void processes(
            Footprint footprint,
            Map<String, Long> cpu,
            Map<String, Collections> collections,
            Map<String, Long> statements,
            long requests,
            double seconds) {
        line(
                "%n%-14s %14s %7s %10s %18s %16s",
                "PROCESS", "CPU/REQUEST", "CORES", "MEMORY", "COLLECTIONS", "SQL/REQUEST");
        long all = 0;
        for (var name : footprint.names()) {
            long millis = cpu.getOrDefault(name, 0L);
            all += millis;
            line(
                    "%-14s %11.3f ms %7.2f %6d MiB %18s %16s",
                    name,
                    (double) millis / requests,
                    millis / 1e3 / seconds,
                    footprint.mostMebibytes(name),
                    Optional.ofNullable(collections.get(name))
                            .map(its -> "%d in %.2f s".formatted(its.count(), its.seconds()))
                            .orElse("-"),
                    Optional.ofNullable(statements.get(name))
                            .map(count -> "%.2f".formatted((double) count / requests))
                            .orElse("-"));
        }
        line(
                "%-14s %11.3f ms %7.2f %6d MiB",
                "together", (double) all / requests, all / 1e3 / seconds, footprint.mostMebibytesOfAll());
        if (Double.isFinite(footprint.growth())) {
            line("%nMemory in the last quarter of the time, against the second: %+.1f %%.", footprint.growth() * 100);
        }
    }

    void events(Map<String, List<EventDelay>> delays, long mostBytesBehind) {
        line("%n%-41s %-14s %8s %8s", "EVENTS, FROM OCCURRENCE TO CONSUMER", "CONSUMER", "P50", "P99");
        delays.forEach((consumer, topics) -> topics.forEach(delay ->
                line("%-41s %-14s %5.0f ms %5.0f ms", delay.topic(), consumer, delay.p50() * 1e3, delay.p99() * 1e3)));
        line("%nRelays were at most %,d KiB of log behind.", mostBytesBehind / 1024);
    }

    /** @param requests how many changes clients asked for, warming up included */
    void check(List<Finding> findings, int requests, double seconds) {
        line(
                "%nThe checker held %,d holds, bookings and changes against tables, topics and search: %s (%.0f s).",
                requests, findings.isEmpty() ? "all is as clients were told" : findings.size() + " findings", seconds);
        findings.stream().limit(MOST_FINDINGS).forEach(finding -> line("  %s", finding));
    }

    void statements(List<Database.Statement> longest, long requests) {
        line("%nSTATEMENTS THAT TOOK LONGEST, ALL THEIR CALLS TOGETHER");
        longest.forEach(statement -> line(
                "  %-14s %,8d calls %8.0f ms %6.3f ms each  %s",
                statement.role(),
                statement.calls(),
                statement.millis(),
                statement.millis() / statement.calls(),
                statement.text().substring(0, Math.min(110, statement.text().length()))));
        line("  (of %,d requests)", requests);
    }

    void verdict(Scenario scenario, Measurements seen, List<String> missed) {
        line(
                "%n%s: %,d appointments, %,d reads, %,d people at most; %s.",
                scenario.name().toLowerCase(Locale.ROOT),
                seen.appointments(),
                seen.reads(),
                seen.mostPeople(),
                Double.isFinite(seen.secondsToAllWanted())
                        ? "all that was wanted after %.1f s".formatted(seen.secondsToAllWanted())
                        : "measured for %.1f s".formatted(seen.seconds()));
        if (missed.isEmpty()) {
            line("All bars cleared.");
        }
        missed.forEach(bar -> line("MISSED: %s", bar));
    }

    /** What each took from one reading to the next. */
    static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        var difference = new HashMap<String, Long>();
        after.forEach((name, value) -> difference.put(name, value - before.getOrDefault(name, 0L)));
        return difference;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
