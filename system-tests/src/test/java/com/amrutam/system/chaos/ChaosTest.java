package com.amrutam.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Services;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** In short what {@code ./amrutam chaos} does at length. */
@ExtendWith(RunningSystem.class)
class ChaosTest {
    private static final int PEOPLE = 30;
    private static final long SEED = 20;

    @Test
    void nothing_is_lost_or_doubled_and_nobody_waits_long_whatever_dies(@TempDir Path directory) throws Exception {
        var services = Services.forOnce(
                RunningSystem.stack(), RunningSystem.directory(), RunningSystem.repository(), RunningSystem.services());
        try (var run = new Run(
                RunningSystem.stack(),
                RunningSystem.directory(),
                RunningSystem.repository(),
                RunningSystem.services(),
                services,
                PEOPLE,
                directory.resolve("history.jsonl"),
                SEED,
                System.out)) {
            run.briefly();
            run.summarise();

            assertThat(run.findings()).isEmpty();
            assertThat(run.isBarMissed()).isFalse();
            assertThat(run.acknowledged()).isPositive();
        }
    }
}
