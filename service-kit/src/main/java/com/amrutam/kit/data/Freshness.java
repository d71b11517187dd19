package com.amrutam.kit.data;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How fresh reads have to be, where the configured bound is not fresh enough. */
public final class Freshness {
    private static final ScopedValue<Long> SEEN_UNTIL = ScopedValue.newInstance();
    private static final ScopedValue<Boolean> PRIMARY_ONLY = ScopedValue.newInstance();

    private Freshness() {}

    /**
     * Reads what was committed up to a moment, and perhaps more: from the replica if it is known to have replayed that
     * much, else from the primary.
     *
     * @param nanoTime the moment, as {@link System#nanoTime} tells it
     */
    public static <T> T seeingAllUntil(long nanoTime, Supplier<T> reads) {
        return ScopedValue.where(SEEN_UNTIL, nanoTime).call(reads::get);
    }

    /** Reads from the primary, whatever the replica is like. */
    static <T extends @Nullable Object> T ofThePrimary(ScopedValue.CallableOp<T, Throwable> reads) throws Throwable {
        return ScopedValue.where(PRIMARY_ONLY, true).call(reads);
    }

    /** The later of what the caller asks for and this. */
    static long atLeast(long nanoTime) {
        if (!SEEN_UNTIL.isBound()) {
            return nanoTime;
        }
        long asked = SEEN_UNTIL.get();
        return asked - nanoTime > 0 ? asked : nanoTime;
    }

    static boolean isOfThePrimary() {
        return PRIMARY_ONLY.isBound();
    }
}
