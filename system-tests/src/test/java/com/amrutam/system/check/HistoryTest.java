package com.amrutam.system.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @Test
    void what_is_written_down_can_be_read_again(@TempDir Path directory) throws Exception {
        var file = directory.resolve("history.jsonl");
        var refused = new Request(
                Operation.HOLD,
                UUID.randomUUID(),
                "key",
                UUID.randomUUID(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(5),
                Outcome.of(409),
                409,
                "slot-taken");
        var unanswered = new Request(
                Operation.BOOK,
                UUID.randomUUID(),
                "other",
                null,
                UUID.randomUUID(),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.UNANSWERED,
                0,
                null);
        try (var history = History.to(file)) {
            history.add(refused);
            history.add(unanswered);
            assertThat(history.requests()).containsExactly(refused, unanswered);
        }

        assertThat(History.read(file)).containsExactly(refused, unanswered);
    }
}
