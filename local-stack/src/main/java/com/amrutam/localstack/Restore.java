package com.amrutam.localstack;

import com.amrutam.localstack.server.Backups;
import com.amrutam.localstack.server.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings back a moment. */
@Command(
        name = "restore",
        description =
                "Puts Postgres, which must be down, back to a moment. What that means for events: docs/runbooks/restore.md")
final class Restore implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Where backup keeps its backups.")
    private Path root = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "The moment, RFC 3339, UTC; the latest there is when not said.")
    private @Nullable Instant moment;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.open(Progress.NONE);
        if (home.processes().stream().anyMatch(process -> process.handle().isPresent())) {
            throw new Trouble(ExitCode.WRONG_USAGE, "Something still runs: ./amrutam down");
        }
        var begun = System.nanoTime();
        try (var lock = home.lock()) {
            var before = home.stack().backups(root).restore(moment);
            lock.release();
            System.out.printf(
                    "Postgres is %s, in %.1f s.%n",
                    moment == null ? "as it was last" : "as it was at " + moment, (System.nanoTime() - begun) / 1e9);
            System.out.printf("What was there is in %s. Next: ./amrutam up%n", before);
        } catch (Backups.NoSuchBackup e) {
            throw new Trouble(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw new Trouble(ExitCode.FAILED, "Postgres refused: " + e.getMessage());
        }
        return 0;
    }
}
