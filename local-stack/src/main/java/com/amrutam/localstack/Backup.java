package com.amrutam.localstack;

import com.amrutam.localstack.server.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a base backup while everything runs. */
@Command(
        name = "backup",
        description = {
            "Takes a base backup of Postgres, and from then on archives its log, so that restore can bring back any moment.",
            "The secrets in .amrutam/secrets.properties are not part of it; keep them elsewhere, and as safe."
        })
final class Backup implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Where backups are kept; best on another disk.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws IOException {
        var home = Home.open(Progress.NONE);
        var postgres = home.stack().server("postgres");
        if (postgres.handle().isEmpty()) {
            throw new Trouble(ExitCode.WRONG_USAGE, "Postgres does not run: ./amrutam up");
        }
        var begun = System.nanoTime();
        try (var lock = home.lock()) {
            var base = home.stack().backups(root).take();
            lock.release();
            System.out.printf("%s, in %.1f s%n", base, (System.nanoTime() - begun) / 1e9);
        } catch (SQLException e) {
            throw new Trouble(ExitCode.FAILED, "Postgres refused: " + e.getMessage());
        }
        return 0;
    }
}
