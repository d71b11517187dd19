package com.amrutam.system.chaos;

import com.amrutam.system.chaos.Door.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long any one person was without a service: from the beginning of their first call that failed to the end of the
 * next that was answered. Whoever stops trying in between is not kept waiting: theirs ends with their last failure.
 */
final class Outages {
    private static final Duration STILL_TRYING = Pace.READ;
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private final Map<Place, Failing> failing = new HashMap<>();
    private final Map<String, Duration> longest = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private int calls;
    private int promptInARow;

    private record Place(String service, String person) {}

    private record Failing(Instant since, Instant last) {
        boolean isTriedAgain(Instant when) {
            return Duration.between(last, when).compareTo(STILL_TRYING) <= 0;
        }
    }

    /**
     * What was seen.
     *
     * @param where the service, {@code -} when nobody noticed anything
     * @param failures how many calls failed, by service and status
     */
    record Seen(Duration longest, String where, int calls, Map<String, Integer> failures) {
        int failed() {
            return failures.values().stream().mapToInt(count -> count).sum();
        }
    }

    /** Notes a call of one person to one service. */
    synchronized void note(String service, String person, Answer answer, Instant begun, Instant ended) {
        calls++;
        boolean answered = answer.isDefinite();
        promptInARow = answered && Duration.between(begun, ended).compareTo(PROMPT) <= 0 ? promptInARow + 1 : 0;
        if (!answered) {
            failures.merge(service + ' ' + (answer.status() == 0 ? "silent" : answer.status()), 1, Integer::sum);
        }
        var place = new Place(service, person);
        var before = failing.remove(place);
        if (before != null && !before.isTriedAgain(begun)) {
            over(service, before.since(), before.last());
            before = null;
        }
        var since = before == null ? begun : before.since();
        if (!answered) {
            failing.put(place, new Failing(since, ended));
        } else if (before != null) {
            over(service, since, ended);
        }
    }

    private void over(String service, Instant since, Instant until) {
        longest.merge(service, Duration.between(since, until), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** So many calls in a row, of whomever, were answered within a second. */
    synchronized int promptInARow() {
        return promptInARow;
    }

    /** What was seen since the last time; what still fails counts up to now. */
    synchronized Seen take(Instant now) {
        failing.forEach(
                (place, which) -> over(place.service(), which.since(), which.isTriedAgain(now) ? now : which.last()));
        var worst = longest.entrySet().stream().max(Map.Entry.comparingByValue());
        var seen = new Seen(
                worst.map(Map.Entry::getValue).orElse(Duration.ZERO),
                worst.map(Map.Entry::getKey).orElse("-"),
                calls,
                Map.copyOf(failures));
        longest.clear();
        failing.clear();
        failures.clear();
        calls = 0;
        return seen;
    }

    /** True while somebody's last call failed and they go on trying. */
    synchronized boolean isAnyoneWithout(Instant now) {
        return failing.values().stream().anyMatch(which -> which.isTriedAgain(now));
    }
}
