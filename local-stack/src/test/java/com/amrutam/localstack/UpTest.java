package com.amrutam.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    @Test
    void a_taken_port_is_named_with_who_needs_it_and_who_holds_it(@TempDir Path root) throws IOException {
        var ports = Ports.free();
        var home = home(root, ports);
        try (var holder = new ServerSocket(ports.redis(), 1, InetAddress.getLoopbackAddress())) {
            var trouble = catchThrowableOfType(Trouble.class, () -> Up.checkPorts(home));

            assertThat(trouble.exitCode()).isEqualTo(ExitCode.PORT_TAKEN);
            assertThat(trouble)
                    .hasMessageContaining("Port " + holder.getLocalPort() + ", which redis needs, is taken by")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        Up.checkPorts(home);
    }

    @Test
    void too_little_memory_is_told_with_what_there_is_and_what_it_takes(@TempDir Path root) throws IOException {
        var home = home(root, Ports.free());

        var trouble = catchThrowableOfType(Trouble.class, () -> Up.checkMemory(home, 100));

        assertThat(trouble.exitCode()).isEqualTo(ExitCode.SHORT_OF_MEMORY);
        assertThat(trouble).hasMessageContaining("100 MiB").hasMessageContaining("about 3000 MiB");
        Up.checkMemory(home, 3_000);
    }

    @Test
    void two_launchers_do_not_work_on_one_stack(@TempDir Path root) throws IOException {
        var home = home(root, Ports.free());
        try (var lock = home.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(catchThrowableOfType(Trouble.class, home::lock).exitCode())
                    .isEqualTo(ExitCode.BUSY);
        }
    }

    private static Home home(Path root, Ports ports) throws IOException {
        var directory = StackDirectory.at(root);
        return new Home(root, directory, Stack.lasting(directory, ports), List.of());
    }
}
