package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Path;

/** Where a stack keeps everything it has: data, logs, pids and secrets. */
public record StackDirectory(Path root) {
    /** The directory, created now and closed to others if it is not there. */
    public static StackDirectory at(Path root) throws IOException {
        var directory = new StackDirectory(Directories.createPrivate(root));
        Directories.createPrivate(root.resolve("logs"));
        Directories.createPrivate(root.resolve("run"));
        return directory;
    }

    /** A server's own data. */
    public Path data(String server) {
        return root.resolve(server);
    }

    /** The folder with what each server prints. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** What a server prints. */
    public Path log(String server) {
        return logs().resolve(server + ".log");
    }

    /** Leads to where the primary's log is archived; absent while it is not. */
    Path archiveLink() {
        return root.resolve("archive");
    }

    Path pidFile(String server) {
        return root.resolve("run").resolve(server + ".pid");
    }

    /** The secrets of this stack. */
    public Secrets secrets() throws IOException {
        return Secrets.in(root.resolve("secrets.properties"));
    }
}
