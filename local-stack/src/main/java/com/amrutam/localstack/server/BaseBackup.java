package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A low-level base backup (PostgreSQL manual, 25.3.4), which needs nothing but SQL and a copy of the files: the server is
 * told that one begins, the files are copied while it runs, and what changed meanwhile is made good from the log.
 */
final class BaseBackup {
    /** Directories whose content a base backup must leave out (25.3.4.4). */
    private static final Set<String> NOT_COPIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> FILES_NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts");

    private BaseBackup() {}

    /**
     * Copies a running server's data into a new directory that a server can recover from.
     *
     * @param connection a superuser's, kept for the whole of it
     * @param waitForArchive whether to wait until the log the copy needs is archived
     */
    static void take(Connection connection, Path data, Path to, boolean waitForArchive)
            throws IOException, SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('amrutam', true)");
            copyFiles(data, to);
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(" + waitForArchive + ")")) {
                label.next();
                Files.writeString(to.resolve("backup_label"), label.getString(1));
            }
        }
    }

    static void copyFiles(Path from, Path to) throws IOException {
        Directories.createPrivate(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Directories.createPrivate(to.resolve(from.relativize(directory)));
                return NOT_COPIED.contains(from.relativize(directory).toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var relative = from.relativize(file);
                if (!FILES_NOT_COPIED.contains(relative.toString())) {
                    try {
                        Files.copy(file, to.resolve(relative));
                    } catch (NoSuchFileException e) {
                        // Dropped meanwhile; the log says so too.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
