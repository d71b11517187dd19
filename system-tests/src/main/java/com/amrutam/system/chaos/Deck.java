package com.amrutam.system.chaos;

import com.amrutam.localstack.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * All faults there are, shuffled within their kinds and dealt kind by kind: each kind in turn, each fault at random. Every
 * fourth time it is two at once; those that stand alone do not count, or the same kinds would always meet.
 */
final class Deck {
    private static final List<Duration> DELAYS = List.of(Duration.ofMillis(100), Duration.ofMillis(800));
    private static final int ALONE = 3;

    /** Within what a token's verification forgives, and so much that all tokens look run out or not yet given. */
    private static final List<Duration> JUMPS =
            List.of(Duration.ofHours(-1), Duration.ofSeconds(-50), Duration.ofSeconds(50), Duration.ofHours(1));

    private final Random random;
    private final List<List<Fault>> kinds;
    private final List<Deque<Fault>> piles = new ArrayList<>();
    private int dealt;
    private int turn;

    Deck(Fleet fleet, Random random) {
        this.random = random;
        var instances = Stream.concat(fleet.services().stream(), fleet.gateways().stream())
                .toList();
        this.kinds = List.of(
                kills(instances),
                kills(fleet.servers()),
                freezes(instances),
                fleet.links().stream().flatMap(Deck::faults).toList(),
                restarts(fleet.servers()),
                fleet.services().stream().flatMap(Deck::jumps).toList(),
                freezes(fleet.servers()),
                restarts(instances),
                Stream.concat(
                                fleet.relays().stream().<Fault>map(relay -> new Fault.Overrun(fleet.quota(), relay)),
                                fleet.disk().map(Fault.FullDisk::new).stream())
                        .toList());
        kinds.forEach(kind -> piles.add(new ArrayDeque<>()));
    }

    Fault next() {
        var one = one();
        if (one.isAlone() || ++dealt % (ALONE + 1) > 0) {
            return one;
        }
        var other = one();
        while (other.isAlone() || one.target().equals(other.target())) {
            other = one();
        }
        return new Fault.Together(one, other);
    }

    private Fault one() {
        int kind = turn++ % kinds.size();
        var pile = piles.get(kind);
        if (pile.isEmpty()) {
            var faults = new ArrayList<>(kinds.get(kind));
            Collections.shuffle(faults, random);
            pile.addAll(faults);
        }
        return pile.remove();
    }

    private static List<Fault> kills(List<ServerProcess> processes) {
        return processes.stream().<Fault>map(Fault.Kill::new).toList();
    }

    private static List<Fault> restarts(List<ServerProcess> processes) {
        return processes.stream().<Fault>map(Fault.Restart::new).toList();
    }

    private static List<Fault> freezes(List<ServerProcess> processes) {
        return processes.stream().<Fault>map(Fault.Freeze::new).toList();
    }

    private static Stream<Fault> faults(Link link) {
        return Stream.concat(
                Stream.of(new Fault.Cut(link), new Fault.Stall(link)),
                DELAYS.stream().map(delay -> new Fault.Delay(link, delay)));
    }

    private static Stream<Fault> jumps(ServerProcess process) {
        return JUMPS.stream()
                // Tokens of an identity that is an hour late have run out when they are given: nobody gets in, rightly.
                .filter(jump ->
                        jump.abs().toHours() == 0 || !Processes.name(process).startsWith("identity"))
                .map(jump -> new Fault.Jump(process, jump));
    }
}
