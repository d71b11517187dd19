package com.amrutam.system.load;

import com.amrutam.localstack.Machine;
import com.amrutam.localstack.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What each process of the stack takes of the machine, and this one, the load itself, too. */
final class Footprint {
    static final String LOAD = "load itself";
    /** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
    private static final int MILLIS_PER_TICK = 10;

    private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    private final Map<String, Long> mostKibibytes = new HashMap<>();
    private final List<Long> ofAllKibibytes = new ArrayList<>();

    Footprint(List<ServerProcess> processes) {
        processes.forEach(process -> process.handle()
                .ifPresent(handle -> this.processes.put(process.server().name(), handle)));
        this.processes.put(LOAD, ProcessHandle.current());
    }

    List<String> names() {
        return List.copyOf(processes.keySet());
    }

    /** Processor time so far, in milliseconds, by process. */
    Map<String, Long> cpuMillis() {
        var millis = new HashMap<String, Long>();
        processes.forEach((name, root) -> millis.put(
                name,
                ticksOf(root, true) * MILLIS_PER_TICK
                        + children(name, root)
                                .mapToLong(child -> ticksOf(child, false) * MILLIS_PER_TICK)
                                .sum()));
        return millis;
    }

    /** Looks how much memory each has now; the most that was ever seen is kept. */
    void look() {
        long all = 0;
        for (var process : processes.entrySet()) {
            long kibibytes = Stream.concat(
                            Stream.of(process.getValue()), children(process.getKey(), process.getValue()))
                    .mapToLong(handle -> Machine.memoryKibibytes(handle.pid()))
                    .sum();
            mostKibibytes.merge(process.getKey(), kibibytes, Math::max);
            all += kibibytes;
        }
        ofAllKibibytes.add(all);
    }

    long mostMebibytes(String name) {
        return mostKibibytes.getOrDefault(name, 0L) / 1024;
    }

    long mostMebibytesOfAll() {
        return ofAllKibibytes.stream().mapToLong(Long::longValue).max().orElse(0) / 1024;
    }

    /**
     * How much more memory all of it took in the last quarter of the looks than in the second, as a share: in the first the
     * heaps fill, which they do once. Not a number where there were too few looks.
     */
    double growth() {
        int quarter = ofAllKibibytes.size() / 4;
        return mean(3 * quarter, ofAllKibibytes.size()) / mean(quarter, 2 * quarter) - 1;
    }

    private double mean(int from, int to) {
        return ofAllKibibytes.subList(from, to).stream()
                .mapToLong(Long::longValue)
                .average()
                .orElse(Double.NaN);
    }

    /** Garbage collections so far and the seconds they took; nothing for a process that is no JVM. */
    Optional<Collections> collections(String name) {
        try {
            return Optional.of(Collections.in(Counters.of(Objects.requireNonNull(processes.get(name)))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of ours the children are tools that have ended or are about to. */
    private static Stream<ProcessHandle> children(String name, ProcessHandle root) {
        return name.equals(LOAD) ? Stream.empty() : root.descendants();
    }

    /** @param withEnded also what its children took that have ended, such as Postgres' connections */
    private static long ticksOf(ProcessHandle process, boolean withEnded) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // After the name in parentheses, which may hold anything: utime, stime, cutime and cstime are 14th to 17th.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
        } catch (IOException e) {
            // Ended meanwhile.
            return 0;
        }
    }

    /** What a JVM counts of its collectors, which are at most three: of the young, of all, of the old while others run. */
    record Collections(long count, double seconds) {
        static Collections in(Counters counters) {
            long count = 0;
            long ticks = 0;
            for (int collector = 0; collector < 3; collector++) {
                var name = "sun.gc.collector." + collector;
                count += counters.get(name + ".invocations");
                ticks += counters.get(name + ".time");
            }
            return new Collections(count, (double) ticks / counters.get("sun.os.hrt.frequency"));
        }

        Collections since(Collections before) {
            return new Collections(count - before.count(), seconds - before.seconds());
        }
    }
}
