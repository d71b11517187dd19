package com.amrutam.kit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items, in the list's order
 * @param nextCursor what to send as {@code cursor} for the next page; null, and written so, on the last one
 */
public record Page<T>(
        List<T> items,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(
                types = {"string", "null"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String nextCursor) {
    /**
     * Makes a page of a query that asked for one row more than the limit, which tells whether there is a next page.
     *
     * @param rows at most limit + 1 rows
     * @param cursor the cursor after an item
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()).text());
    }

    /** A list that is never long enough for a second page. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /** The same page with each item rendered for the client. */
    public <R> Page<R> map(Function<T, R> rendering) {
        return new Page<>(items.stream().map(rendering).toList(), nextCursor);
    }
}
