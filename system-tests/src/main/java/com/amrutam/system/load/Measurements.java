package com.amrutam.system.load;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What clients saw from {@link #begin} to {@link #end}; before that the system warms up. Many threads may record. */
final class Measurements {
    private final Map<Call, Latencies> latencies = new EnumMap<>(Call.class);
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final AtomicInteger people = new AtomicInteger();
    private final AtomicInteger mostPeople = new AtomicInteger();
    private final LongAdder reads = new LongAdder();
    private final LongAdder appointments = new LongAdder();
    private final int wantedAppointments;
    private final int wantedReads;
    private volatile boolean measuring;
    private volatile long begun;
    private volatile long ended;
    private volatile long reached;

    /**
     * @param wantedAppointments how many are to be booked
     * @param wantedReads how many reads are to be answered until {@link #secondsToAllWanted} stops the watch; 0 when nothing
     *     does
     */
    Measurements(int wantedAppointments, int wantedReads) {
        this.wantedAppointments = wantedAppointments;
        this.wantedReads = wantedReads;
        Arrays.stream(Call.values()).forEach(call -> latencies.put(call, new Latencies()));
    }

    void begin() {
        mostPeople.set(people.get());
        begun = System.nanoTime();
        measuring = true;
    }

    void end() {
        ended = System.nanoTime();
        measuring = false;
    }

    /**
     * A call has ended.
     *
     * @param status 0 when no answer came
     * @param problem the problem's code, where there was one
     */
    void record(Call call, int status, int millis, @Nullable String problem) {
        if (!measuring) {
            return;
        }
        of(call).add(millis);
        if (!call.isExpected(status)) {
            errors.computeIfAbsent(call.title() + " " + nameOf(status, problem), name -> new LongAdder())
                    .increment();
            return;
        }
        if (status >= 400) {
            refusals.computeIfAbsent(call.title() + " " + nameOf(status, problem), name -> new LongAdder())
                    .increment();
        }
        if (call.isRead()) {
            reads.increment();
        } else if (call == Call.CONFIRM) {
            appointments.increment();
        }
        if (reached == 0 && wantedReads > 0 && appointments.sum() >= wantedAppointments && reads.sum() >= wantedReads) {
            reached = System.nanoTime();
        }
    }

    private static String nameOf(int status, @Nullable String problem) {
        return status == 0 ? "no answer" : problem == null ? Integer.toString(status) : status + " " + problem;
    }

    void comes() {
        mostPeople.accumulateAndGet(people.incrementAndGet(), Math::max);
    }

    void goes() {
        people.decrementAndGet();
    }

    int people() {
        return people.get();
    }

    int mostPeople() {
        return mostPeople.get();
    }

    Latencies of(Call call) {
        return latencies.getOrDefault(call, new Latencies());
    }

    /** Of all calls that are so. */
    Latencies of(Predicate<Call> which) {
        var all = new Latencies();
        latencies.forEach((call, its) -> {
            if (which.test(call)) {
                all.addAll(its);
            }
        });
        return all;
    }

    long reads() {
        return reads.sum();
    }

    long appointments() {
        return appointments.sum();
    }

    long errors() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    Map<String, Long> errorsByCode() {
        return sums(errors);
    }

    Map<String, Long> refusalsByCode() {
        return sums(refusals);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    double seconds() {
        return ((ended == 0 ? System.nanoTime() : ended) - begun) / 1e9;
    }

    /** How long it took until everything wanted was done; infinite when it was not. */
    double secondsToAllWanted() {
        return reached == 0 ? Double.POSITIVE_INFINITY : (reached - begun) / 1e9;
    }
}
