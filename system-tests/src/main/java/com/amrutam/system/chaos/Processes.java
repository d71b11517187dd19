package com.amrutam.system.chaos;

import com.amrutam.localstack.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** What is known of the processes that are ill-treated. */
final class Processes {
    private static final Set<String> SERVERS = Set.of("postgres", "replica", "kafka", "redis", "registry");
    private static final int STARTS = 5;
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

    private Processes() {}

    static String name(ServerProcess process) {
        return process.server().name();
    }

    /** The name of a server of which there is one, the kind of what there are several of. */
    static String kind(ServerProcess process) {
        return isService(process) ? "a service" : SERVERS.contains(name(process)) ? name(process) : "a gateway";
    }

    static boolean isService(ServerProcess process) {
        return !SERVERS.contains(name(process)) && !name(process).startsWith("gateway");
    }

    static boolean isPostgres(ServerProcess process) {
        return name(process).equals("postgres");
    }

    /** Starts a process as an orchestrator does: again, when it gives up because something it needs is away. */
    static void comeBack(ServerProcess process) throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            process.start();
            try {
                process.awaitReady(Fault.READY);
                return;
            } catch (ServerProcess.DidNotStart e) {
                if (start == STARTS || process.handle().isPresent()) {
                    throw e;
                }
                Thread.sleep(BETWEEN_STARTS);
            }
        }
    }
}
