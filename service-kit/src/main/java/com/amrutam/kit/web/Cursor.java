package com.amrutam.kit.web;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where a list goes on: the sort key of the last item given out (keyset pagination), opaque to clients.
 *
 * @param parts the values of the sort key, in order
 */
public record Cursor(List<String> parts) {
    private static final String SEPARATOR = "\u001f";

    /** A cursor after the item with these sort values. */
    public static Cursor of(String... parts) {
        return new Cursor(List.of(parts));
    }

    /**
     * Reads a cursor a client sent back.
     *
     * @throws ProblemException {@code invalid-cursor} when it is none of ours
     */
    public static Cursor parse(String text) {
        try {
            var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(List.of(decoded.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** The refusal of a cursor whose parts make no sense to the list it was sent to. */
    public static ProblemException invalid() {
        return new ProblemException(CommonProblem.INVALID_CURSOR, "Send nextCursor of the previous page unchanged");
    }

    /** The text clients see. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }
}
