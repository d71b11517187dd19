package com.amrutam.kit.data;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where the primary's write-ahead log was and when, to tell from how far a replica has replayed it what moment the replica
 * shows. Positions and the clock of this process say so for certain; a replica's own opinion of its lag does not, since it
 * cannot know of what has not reached it.
 */
final class ReplicaProgress {
    /** Enough for any bound we allow at any interval we sample in. */
    private static final int REMEMBERED = 256;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private boolean primaryAway;

    private record Sample(long nanoTime, long position) {}

    /**
     * @param nanoTime read before the primary was asked
     */
    synchronized void primaryWasAt(long nanoTime, long position) {
        primaryAway = false;
        samples.addLast(new Sample(nanoTime, position));
        if (samples.size() > REMEMBERED) {
            samples.removeFirst();
        }
    }

    synchronized void primaryIsAway() {
        primaryAway = true;
    }

    /** The last moment up to which a server that has replayed this much shows everything; null when it is too far behind. */
    synchronized @Nullable Long shows(long replayed) {
        var newestFirst = samples.descendingIterator();
        while (newestFirst.hasNext()) {
            var sample = newestFirst.next();
            if (sample.position() <= replayed) {
                return sample.nanoTime();
            }
        }
        return null;
    }

    /** True for a server that has replayed all we know of while nobody can know more: the primary is away. */
    synchronized boolean isAllThereIs(long replayed) {
        return primaryAway && (samples.isEmpty() || samples.getLast().position() <= replayed);
    }
}
