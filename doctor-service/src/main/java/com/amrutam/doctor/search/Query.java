package com.amrutam.doctor.search;

import org.jspecify.annotations.Nullable;

/**
 * A page of a search.
 *
 * @param after where the page begins; null for the first
 * @param limit most doctors on it
 */
record Query(Wishes wishes, Order order, Order.@Nullable Place after, int limit) {
    /** What the answer depends on: what happens outside of it leaves the answer as it is. */
    Scope scope() {
        return new Scope(wishes.specialization(), wishes.window() != null);
    }

    /** True when many people may be asking the same. */
    boolean isCommon() {
        return wishes.words().isEmpty();
    }

    /**
     * @param specialization of the doctors it is about; null for any
     * @param ofCertainTimes true when any of a doctor's slots matters, not only the next
     */
    record Scope(@Nullable String specialization, boolean ofCertainTimes) {
        /** A name for it, where it has to be written down. */
        String name() {
            return (ofCertainTimes ? "slot:" : "next:") + (specialization == null ? "*" : specialization);
        }
    }
}
