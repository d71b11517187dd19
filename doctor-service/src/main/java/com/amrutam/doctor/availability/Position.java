package com.amrutam.doctor.availability;

import com.amrutam.kit.web.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last slot of a page. */
public final class Position {
    private final Instant start;
    private final UUID id;

    Position(Instant start, UUID id) {
        this.start = start;
        this.id = id;
    }

    /** Where the cursor points; null for no cursor. */
    public static @Nullable Position of(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            if (cursor.parts().size() == 2) {
                var start = Instant.parse(cursor.parts().getFirst());
                if (Window.isThinkable(start)) {
                    return new Position(start, UUID.fromString(cursor.parts().getLast()));
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
        throw Cursor.invalid();
    }

    Cursor cursor() {
        return Cursor.of(start.toString(), id.toString());
    }

    Instant start() {
        return start;
    }

    UUID id() {
        return id;
    }
}
