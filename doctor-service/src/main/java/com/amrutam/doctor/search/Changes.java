package com.amrutam.doctor.search;

import com.amrutam.doctor.notice.Hearer;
import com.amrutam.doctor.search.Query.Scope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * When what searches depend on has last changed, as Postgres tells every instance with the commit (V5__search_changes.sql).
 * Moments are of {@link System#nanoTime}.
 */
@Component
class Changes implements Hearer {
    /** How old an answer may be while nothing is heard: searches promise to know of a booking after a second. */
    private static final Duration LONGEST_IN_THE_DARK = Duration.ofMillis(500);

    private final SharedAnswers shared;
    private final Map<Scope, Long> changes = new ConcurrentHashMap<>();
    private volatile long everything = System.nanoTime();
    private volatile boolean deaf = true;

    Changes(SharedAnswers shared) {
        this.shared = shared;
    }

    /** What was read before this moment may not be so any more. */
    long latest(Scope scope) {
        var latest = later(everything, changes.getOrDefault(scope, everything));
        return deaf ? later(latest, System.nanoTime() - LONGEST_IN_THE_DARK.toNanos()) : latest;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    @Override
    public String channel() {
        return "search_change";
    }

    @Override
    public void heard(List<String> payloads) {
        var scopes = new HashSet<Scope>();
        payloads.forEach(payload -> touch(payload, scopes));
        mark(scopes);
        shared.outdate(scopes);
        // What was found in Redis between the two was outdated already.
        mark(scopes);
    }

    private static void touch(String payload, Set<Scope> scopes) {
        int space = payload.indexOf(' ');
        var isNext = payload.substring(0, space).equals("NEXT");
        for (var specialization : payload.substring(space + 1).split(",")) {
            scopes.add(new Scope(specialization, true));
            if (isNext) {
                scopes.add(new Scope(specialization, false));
            }
        }
        scopes.add(new Scope(null, true));
        if (isNext) {
            scopes.add(new Scope(null, false));
        }
    }

    private void mark(Set<Scope> scopes) {
        var now = System.nanoTime();
        scopes.forEach(scope -> changes.put(scope, now));
    }

    @Override
    public void hearing() {
        everything = System.nanoTime();
        shared.outdateAll();
        everything = System.nanoTime();
        deaf = false;
    }

    @Override
    public void deaf() {
        deaf = true;
    }
}
