package com.amrutam.system.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The people of a run and what they may look for. Each kind of visit goes round all of them, so that none is over a limit. */
final class Crowd {
    /** Few people look further ahead, and all these slots can still be cancelled and moved. */
    private static final int DAYS_AHEAD = 7;

    private static final int WINDOW_DAYS = 3;
    private static final List<String> SORTS = List.of("soonest", "soonest", "soonest", "rating", "fee", "experience");
    private static final List<String> MODES = List.of("", "&mode=ONLINE", "&mode=ONLINE", "&mode=IN_PERSON");

    private final List<Patient> patients;
    private final List<UUID> doctors;
    private final List<String> specializations;
    private final Map<Visit, AtomicInteger> turns = new EnumMap<>(Visit.class);

    /** What somebody comes for. */
    enum Visit {
        BROWSE,
        BOOK,
        AGENDA
    }

    Crowd(List<Patient> patients, List<UUID> doctors, List<String> specializations) {
        this.patients = List.copyOf(patients);
        this.doctors = List.copyOf(doctors);
        this.specializations = List.copyOf(specializations);
        for (var visit : Visit.values()) {
            turns.put(visit, new AtomicInteger());
        }
    }

    List<Patient> patients() {
        return patients;
    }

    Patient next(Visit visit) {
        int turn = Objects.requireNonNull(turns.get(visit)).getAndIncrement();
        return patients.get(Math.floorMod(turn, patients.size()));
    }

    UUID anyDoctor() {
        return any(doctors);
    }

    /** The wishes of a search, as its query; some are much more common than others. */
    String anyWishes() {
        var random = ThreadLocalRandom.current();
        int rank = (int) (specializations.size() * Math.pow(random.nextDouble(), 2));
        return "specialization=" + specializations.get(rank) + any(MODES) + "&sort=" + any(SORTS);
    }

    /** A window of days, as the query of a slot list. */
    String anyWindow() {
        var first = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(2 + ThreadLocalRandom.current().nextInt(DAYS_AHEAD), ChronoUnit.DAYS);
        return "from=%s&to=%s&limit=100".formatted(first, first.plus(WINDOW_DAYS, ChronoUnit.DAYS));
    }

    private static <T> T any(List<T> values) {
        return values.get(ThreadLocalRandom.current().nextInt(values.size()));
    }

    /** One of these that nobody of us has tried yet; the last one where all were. */
    static String anyBut(List<String> ids, List<String> tried) {
        var left = new ArrayList<>(ids);
        left.removeAll(tried);
        return left.isEmpty() ? ids.getLast() : any(left);
    }
}
