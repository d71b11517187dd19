package com.amrutam.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amrutam.localstack.server.ServerProcess.DidNotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void a_server_that_dies_is_reported_with_the_end_of_its_log(@TempDir Path root) throws Exception {
        var ports = Ports.free();
        try (var holder = new ServerSocket(ports.redis(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(holder.isBound()).isTrue();
            var redis = Stack.throwAway(StackDirectory.at(root), ports).server("redis");
            redis.start();

            var dead = catchThrowableOfType(DidNotStart.class, () -> redis.awaitReady(TIMEOUT));

            assertThat(dead.server()).isEqualTo("redis");
            assertThat(dead).hasMessageContaining("bind: Address in use");
        }
    }

    @Test
    void a_later_launcher_finds_what_an_earlier_one_started(@TempDir Path root) throws Exception {
        var ports = Ports.free();
        var pid = redis(root, ports).start().pid();

        var later = redis(root, ports);
        later.awaitReady(TIMEOUT);

        assertThat(later.handle())
                .hasValueSatisfying(handle -> assertThat(handle.pid()).isEqualTo(pid));
        assertThat(later.start().pid()).isEqualTo(pid);
        later.stop(TIMEOUT);
        assertThat(redis(root, ports).handle()).isEmpty();
    }

    private static ServerProcess redis(Path root, Ports ports) throws IOException {
        return Stack.throwAway(StackDirectory.at(root), ports).server("redis");
    }
}
