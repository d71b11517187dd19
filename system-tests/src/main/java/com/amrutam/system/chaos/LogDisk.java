package com.amrutam.system.chaos;

import com.amrutam.localstack.server.Command;
import com.amrutam.localstack.server.Directories;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A small disk that Postgres' log has to itself, and that runs full. In memory: only root may mount one. */
final class LogDisk {
    private static final int MEBIBYTE = 1 << 20;
    private static final int FREE_MEBIBYTES = 48;
    /** More than is free and than Postgres may clear away meanwhile. */
    private static final int MOST_WRITTEN_MEBIBYTES = 1_024;

    private final Stack stack;
    private final ServerProcess postgres;
    private final Path log;
    private final Path usual;
    private final Path small;

    LogDisk(Stack stack) {
        this.stack = stack;
        this.postgres = stack.server("postgres");
        this.log = stack.log();
        this.usual = log.resolveSibling(log.getFileName() + ".usual");
        this.small = log.resolveSibling(log.getFileName() + ".small");
    }

    /** Whether we may mount one. */
    static boolean isToBeHad() throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("amrutam-disk-");
        try {
            mount(directory, 1);
            unmount(directory);
            return true;
        } catch (Command.Failed e) {
            return false;
        } finally {
            Files.delete(directory);
        }
    }

    /** Moves the log there, which takes a crash of Postgres, and writes until there is no room for another page of it. */
    void fill() throws IOException, InterruptedException {
        postgres.kill();
        Files.createDirectory(small);
        mount(small, size(log) / MEBIBYTE + FREE_MEBIBYTES);
        copy(log, small);
        Files.move(log, usual);
        Files.createSymbolicLink(log, small);
        Processes.comeBack(postgres);
        try (var connection = stack.connect()) {
            LogQuota.write(connection, MOST_WRITTEN_MEBIBYTES);
        } catch (SQLException full) {
            return;
        }
        throw new IllegalStateException("The log's disk does not run full");
    }

    /** Gives the log its usual room again, with all that is in it, wherever an earlier run was killed on its way. */
    void lift() throws IOException, InterruptedException {
        if (!Files.exists(small)) {
            return;
        }
        postgres.kill();
        if (Files.isSymbolicLink(log)) {
            Directories.delete(usual);
            Files.createDirectory(usual);
            copy(small, usual);
            Files.delete(log);
        }
        if (Files.exists(usual)) {
            Files.move(usual, log);
        }
        if (!Files.getFileStore(small).equals(Files.getFileStore(log))) {
            unmount(small);
        }
        Files.delete(small);
        Processes.comeBack(postgres);
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Command.run("The log could not be copied", List.of("cp", "--archive", from + "/.", to.toString()));
    }

    private static void mount(Path directory, long mebibytes) throws IOException, InterruptedException {
        Command.run(
                "No small disk can be had",
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "mode=700,size=" + mebibytes + "m",
                        "tmpfs",
                        directory.toString()));
    }

    private static void unmount(Path directory) throws IOException, InterruptedException {
        Command.run("The small disk stays", List.of("umount", directory.toString()));
    }
}
