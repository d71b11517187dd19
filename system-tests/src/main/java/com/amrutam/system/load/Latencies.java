package com.amrutam.system.load;

import java.util.concurrent.atomic.AtomicLongArray;

/** How long calls took, to the millisecond; from a minute on all are alike. Many threads may add. */
final class Latencies {
    private static final int LONGEST_MILLIS = 60_000;

    private final AtomicLongArray counts = new AtomicLongArray(LONGEST_MILLIS + 1);

    void add(int millis) {
        counts.incrementAndGet(Math.min(Math.max(millis, 0), LONGEST_MILLIS));
    }

    void addAll(Latencies others) {
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            counts.addAndGet(millis, others.counts.get(millis));
        }
    }

    long count() {
        long count = 0;
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            count += counts.get(millis);
        }
        return count;
    }

    /** The time within which this share of the calls was answered, in milliseconds; 0 when there was none. */
    int percentile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            seen += counts.get(millis);
            if (wanted > 0 && seen >= wanted) {
                return millis;
            }
        }
        return 0;
    }

    double mean() {
        double sum = 0;
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            sum += (double) millis * counts.get(millis);
        }
        return sum / Math.max(1, count());
    }
}
