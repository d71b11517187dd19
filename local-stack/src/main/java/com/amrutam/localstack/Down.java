package com.amrutam.localstack;

import com.amrutam.localstack.server.Parallel;
import com.amrutam.localstack.server.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops everything, services first; the data stays. */
@Command(name = "down", description = "Stops everything; the data stays for the next up.")
final class Down implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.open(Progress.NONE);
        try (var lock = home.lock()) {
            stop(home);
            lock.release();
        }
        return 0;
    }

    static void stop(Home home) throws InterruptedException {
        var running = home.processes().stream()
                .filter(process -> process.handle().isPresent())
                .count();
        System.out.println(running == 0 ? "Nothing runs." : "Stopping " + running + " processes …");
        Parallel.run(home.services().stream()
                .<Parallel.Task>map(process -> () -> process.stop(PATIENCE))
                .toList());
        home.stack().stop();
        if (running > 0) {
            System.out.println("All is down.");
        }
    }
}
