package com.amrutam.localstack.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
    @Test
    void when_the_jvm_is_gone_its_servers_end_and_their_directory_goes(@TempDir(cleanup = CleanupMode.NEVER) Path root)
            throws IOException {
        // Ignores the polite signal, as a server stuck in a start would.
        var server = new ProcessBuilder("sh", "-c", "trap '' INT; while :; do sleep 1; done").start();
        Files.createDirectories(root.resolve("run"));
        Files.writeString(root.resolve("run/server.pid"), server.pid() + "\n0\n");
        var watchdog = Watchdog.guard(root);
        assertThat(server.isAlive()).isTrue();

        // What the kernel does when the process that holds the pipe dies.
        watchdog.getOutputStream().close();

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(server.isAlive()).isFalse();
            assertThat(root).doesNotExist();
        });
    }
}
