package com.amrutam.doctor.search;

import com.amrutam.doctor.availability.Window;
import com.amrutam.kit.web.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How found doctors are ordered. Each order ends with the id, so that it is total and a cursor, the last item's place
 * in it, always says where to go on.
 */
enum Order {
    /** Doctors without a free slot come last. */
    SOONEST(
            "coalesce(next.starts_at, 'infinity'), doctor.id",
            "(coalesce(next.starts_at, 'infinity'), doctor.id) > (:key0::timestamptz, :afterId)"),
    /** Of two equally good doctors the one more people say it of. */
    RATING(
            "doctor.rating desc, doctor.review_count desc, doctor.id desc",
            "(doctor.rating, doctor.review_count, doctor.id) < (:key0::numeric, :key1::integer, :afterId)"),
    EXPERIENCE(
            "doctor.experience_years desc, doctor.id desc",
            "(doctor.experience_years, doctor.id) < (:key0::integer, :afterId)"),
    FEE("doctor.fee_amount, doctor.id", "(doctor.fee_amount, doctor.id) > (:key0::bigint, :afterId)");

    private static final String NEVER = "infinity";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    private final String by;
    private final String after;

    Order(String by, String after) {
        this.by = by;
        this.after = after;
    }

    /** The order a client asks for. */
    static Optional<Order> named(String name) {
        return Arrays.stream(values())
                .filter(order -> order.parameter().equals(name))
                .findAny();
    }

    /** What clients call it. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The SQL of the order. */
    String by() {
        return by;
    }

    /** The SQL condition of what comes after a place, in parameters {@code key0}, {@code key1} and {@code afterId}. */
    String after() {
        return after;
    }

    /**
     * A place in the order.
     *
     * @param keys what the order goes by, as text for Postgres to cast
     */
    record Place(List<String> keys, UUID id) {}

    Cursor cursor(FoundDoctor last) {
        var doctor = last.doctor();
        var id = doctor.id().toString();
        return switch (this) {
            case SOONEST -> {
                var soonest = last.soonest();
                yield Cursor.of(parameter(), soonest == null ? NEVER : soonest.toString(), id);
            }
            case RATING ->
                Cursor.of(parameter(), String.valueOf(doctor.rating()), String.valueOf(doctor.reviewCount()), id);
            case EXPERIENCE ->
                Cursor.of(parameter(), String.valueOf(doctor.profile().experienceYears()), id);
            case FEE ->
                Cursor.of(parameter(), String.valueOf(doctor.profile().fee().amount()), id);
        };
    }

    /**
     * The place a cursor points to.
     *
     * @throws com.amrutam.kit.problem.ProblemException {@code invalid-cursor} when it is of another order or none of ours
     */
    Place place(Cursor cursor) {
        var parts = cursor.parts();
        try {
            if (parts.size() >= 3 && parts.getFirst().equals(parameter())) {
                var keys = parts.subList(1, parts.size() - 1);
                if (areMine(keys)) {
                    return new Place(keys, UUID.fromString(parts.getLast()));
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
        throw Cursor.invalid();
    }

    private boolean areMine(List<String> keys) {
        var first = keys.getFirst();
        return switch (this) {
            case SOONEST -> keys.size() == 1 && (first.equals(NEVER) || Window.isThinkable(Instant.parse(first)));
            case RATING ->
                keys.size() == 2
                        && NUMBER.matcher(first).matches()
                        && WHOLE_NUMBER.matcher(keys.getLast()).matches();
            case EXPERIENCE, FEE ->
                keys.size() == 1 && WHOLE_NUMBER.matcher(first).matches();
        };
    }
}
