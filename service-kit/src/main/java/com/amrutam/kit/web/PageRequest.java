package com.amrutam.kit.web;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list a client wants: a controller argument, read from the parameters {@code limit} and
 * {@code cursor}.
 *
 * @param limit most items wanted, 1 to 100, 20 when not said
 * @param cursor where to go on, absent for the first page
 */
public record PageRequest(int limit, @Nullable Cursor cursor) {
    /** Items on a page when the client does not say. */
    public static final int DEFAULT_LIMIT = 20;

    /** Most items on a page. */
    public static final int MAX_LIMIT = 100;
}
