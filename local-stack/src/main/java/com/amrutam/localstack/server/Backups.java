package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Base backups of a primary and its write-ahead log since the first of them, in one directory: enough to bring back every
 * moment from then on.
 */
public final class Backups {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'base-'yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** As a setting of Postgres takes it, which knows no T and no Z. */
    private static final DateTimeFormatter TARGET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    /** Begins the name of what there was before a restore, which is never deleted: the restore may have been a mistake. */
    private static final String BEFORE = "postgres.before-restore-";

    private static final Duration RECOVERY = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path root;
    private final StackDirectory directory;
    private final PostgresServer primary;
    private final ServerProcess process;

    /** @param root where the backups are kept, best on another disk */
    Backups(Path root, StackDirectory directory, PostgresServer primary, ServerProcess process) {
        this.root = root.toAbsolutePath();
        this.directory = directory;
        this.primary = primary;
        this.process = process;
    }

    /** No backup reaches back to the moment asked for. */
    public static final class NoSuchBackup extends RuntimeException {
        NoSuchBackup(String message) {
            super(message);
        }
    }

    /**
     * Takes a base backup of the running primary, and from now on keeps its log.
     *
     * @return the base backup's directory
     */
    public Path take() throws IOException, SQLException {
        Directories.createPrivate(root);
        Directories.createPrivate(log());
        Files.deleteIfExists(directory.archiveLink());
        Files.createSymbolicLink(directory.archiveLink(), log());
        var unfinished = root.resolve("base.part");
        Directories.delete(unfinished);
        try (var connection = primary.connect("postgres")) {
            BaseBackup.take(connection, primary.data(), unfinished, true);
            try (var statement = connection.createStatement();
                    var now = statement.executeQuery("select clock_timestamp()")) {
                now.next();
                // Rounded up: the name has milliseconds, and must not lie before the end of the copy.
                var finished = now.getTimestamp(1).toInstant().plusMillis(1);
                return Files.move(unfinished, root.resolve(NAME.format(finished)));
            }
        }
    }

    /**
     * Puts the stopped primary back to where it was at a moment; the replica is copied anew at its next start. The data
     * there was stays beside it.
     *
     * @param moment null for the latest there is
     * @return where the data there was is now
     */
    public Path restore(@Nullable Instant moment) throws IOException, InterruptedException, SQLException {
        var base = newestBefore(moment);
        var data = primary.data();
        var fresh = data.resolveSibling(data.getFileName() + ".restored");
        Directories.delete(fresh);
        BaseBackup.copyFiles(base, fresh);
        if (Files.exists(data)) {
            bringUnarchivedLog(data.resolve("pg_wal"), fresh.resolve("pg_wal"));
        }
        Files.createFile(fresh.resolve("recovery.signal"));
        Files.writeString(
                fresh.resolve("postgresql.auto.conf"),
                recovery(moment),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);

        var before = data.resolveSibling(BEFORE + Instant.now().getEpochSecond());
        if (Files.exists(data)) {
            Files.move(data, before);
        }
        Directories.delete(directory.data("replica"));
        Files.move(fresh, data);
        process.start();
        process.awaitReady(RECOVERY);
        awaitPromotion();
        afterwards();
        process.stop(STOP);
        return before;
    }

    /** What there was before each restore. */
    static List<Path> beforeRestores(StackDirectory directory) throws IOException {
        try (var files = Files.list(directory.root())) {
            return files.filter(file -> file.getFileName().toString().startsWith(BEFORE))
                    .toList();
        }
    }

    private Path log() {
        return root.resolve("log");
    }

    private Path newestBefore(@Nullable Instant moment) throws IOException {
        List<Path> bases;
        try (var files = Files.list(root)) {
            bases = files.filter(file -> file.getFileName().toString().matches("base-[\\dT.]+Z"))
                    .sorted()
                    .toList();
        }
        if (bases.isEmpty()) {
            throw new NoSuchBackup("There is no base backup in " + root);
        }
        var latestName = moment == null ? "base-9" : NAME.format(moment);
        return bases.reversed().stream()
                .filter(base -> base.getFileName().toString().compareTo(latestName) <= 0)
                .findFirst()
                .orElseThrow(() -> new NoSuchBackup("The oldest backup in %s, %s, was finished after %s"
                        .formatted(root, bases.getFirst().getFileName(), moment)));
    }

    /** The end of the log may not be archived yet; where the old disk can still be read, nothing is lost. */
    private void bringUnarchivedLog(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var segment : files.filter(isSegment()).toList()) {
                if (!Files.exists(log().resolve(segment.getFileName()))) {
                    Files.copy(segment, to.resolve(segment.getFileName()));
                }
            }
        }
    }

    private static Predicate<Path> isSegment() {
        return file -> SEGMENT.matcher(file.getFileName().toString()).matches();
    }

    private String recovery(@Nullable Instant moment) {
        var settings = Stream.of(
                Optional.of("restore_command = 'cp \"%s/%%f\" \"%%p\"'".formatted(log())),
                Optional.of("recovery_target_action = 'promote'"),
                Optional.ofNullable(moment).map(TARGET::format).map("recovery_target_time = '%s'"::formatted));
        return "\n" + String.join("\n", settings.flatMap(Optional::stream).toList()) + "\n";
    }

    private void awaitPromotion() throws InterruptedException, SQLException {
        var deadline = Instant.now().plus(RECOVERY);
        while (isRecovering()) {
            if (process.handle().isEmpty() || Instant.now().isAfter(deadline)) {
                throw new ServerProcess.DidNotStart("postgres", "did not finish recovery", process.lastLines());
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private boolean isRecovering() throws SQLException {
        try (var connection = primary.connect("postgres");
                var statement = connection.createStatement();
                var recovering = statement.executeQuery("select pg_is_in_recovery()")) {
            recovering.next();
            return recovering.getBoolean(1);
        } catch (SQLException e) {
            if (process.handle().isPresent()) {
                throw e;
            }
            return true;
        }
    }

    /** The next start is an ordinary one, and what readers hold of the lost time does not outrank what is to come. */
    private void afterwards() throws SQLException, IOException {
        try (var connection = primary.connect("postgres");
                var statement = connection.createStatement()) {
            for (var setting : List.of("restore_command", "recovery_target_action", "recovery_target_time")) {
                statement.execute("alter system reset " + setting);
            }
        }
        Provisioning.afterRestore(primary);
    }
}
