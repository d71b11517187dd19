package com.amrutam.localstack.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the servers and deletes their directory when this JVM is gone, killed or not: a shell that holds the other end
 * of a pipe, reads until the pipe closes, and then cleans up by the pid files it finds.
 */
final class Watchdog {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            cat > /dev/null
            for signal in INT KILL; do
              for file in "$1"/run/*.pid; do
                [ -e "$file" ] && kill -$signal "$(head -n 1 "$file")"
              done
              sleep 1
            done
            rm -rf "$1"
            """;

    private Watchdog() {}

    static Process guard(Path root) throws IOException {
        // The pipe to its standard input stays open as long as this JVM lives.
        return new ProcessBuilder(List.of("sh", "-c", SCRIPT, "amrutam-watchdog", root.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
