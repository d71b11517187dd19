package com.amrutam.system.load;

import com.amrutam.localstack.Home;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** So many of each service, and a gateway in front of all; the running one where there is one of each. */
final class Instances implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(20);

    private final List<ServerProcess> more = new ArrayList<>();
    private final List<ServerProcess> all;
    private final URI api;

    /** Starts what is missing and returns when all of it serves. */
    Instances(Home home, int count) throws IOException, InterruptedException {
        var ports = new ArrayList<>(List.of(ServicePorts.STANDARD));
        this.all = new ArrayList<>(home.processes());
        if (count == 1) {
            this.api = ServicePorts.STANDARD.api();
            return;
        }
        for (int number = 2; number <= count; number++) {
            ports.add(ServicePorts.free());
            more.addAll(Services.beside(
                    home.stack(), home.directory(), home.repository(), ports.getLast(), "-" + number, Map.of(), true));
        }
        int door = Ports.free(1)[0];
        more.add(Services.gateway(home.stack(), home.directory(), home.repository(), "-all", door, ports, true));
        this.api = URI.create("http://127.0.0.1:" + door);
        Services.start(more, Progress.NONE);
        all.addAll(more);
    }

    /** Where clients reach all of them. */
    URI api() {
        return api;
    }

    List<ServerProcess> processes() {
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            for (var process : more) {
                process.stop(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
