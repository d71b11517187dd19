package com.amrutam.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The JVM's ahead-of-time cache (JEP 483, 514, 515) of one Java program: a training run writes down which classes were
 * loaded and linked, later runs map them in and start in a third of the time. It holds for one JDK build, one class path
 * and the same flags; a JVM that finds it unfit goes on without.
 */
final class StartUpCache {
    private static final long TRAINING_SECONDS = 120;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private StartUpCache() {}

    /** The option to run with this cache, if it was made. */
    static List<String> options(Path cache) {
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off") : List.of();
    }

    /** Names the JDK build, which a cache depends on. */
    static String jdk() {
        return (System.getProperty("java.vendor") + '-' + System.getProperty("java.vm.version"))
                .replaceAll("[^A-Za-z0-9.]+", "-");
    }

    /**
     * Runs a program once to make its cache.
     *
     * @param finish waits until the program has shown what it needs, and ends it unless it ends by itself
     */
    static void train(Server.Launch launch, Path cache, Path log, Finish finish)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(launch.command());
        command.add(1, "-XX:AOTCacheOutput=" + cache);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        try {
            finish.finish(process);
            if (!process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IOException("The training run made no start-up cache; see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Returns once the server answers, or has died. */
    static void awaitReady(Process process, Server server) throws InterruptedException {
        while (!server.isReady() && !process.waitFor(LOOK_AGAIN)) {}
    }

    /** How a training run comes to its end. */
    interface Finish {
        void finish(Process process) throws IOException, InterruptedException;
    }

    /** What a server is asked to do while it is watched. */
    interface Exercise {
        void run() throws InterruptedException;
    }

    /**
     * The cache of a server that is the same in every checkout: made once per machine if asked to, used where it is
     * there. Starting without one only takes longer, so what goes wrong here stops nobody.
     *
     * @param name names the program and its version
     * @param isMade whether half a minute now is worth being quicker later
     * @param trainee the server, in a directory to throw away
     */
    static List<String> ofMachine(
            String name, boolean isMade, Function<StackDirectory, Server> trainee, Exercise exercise) {
        var cache = MachineCache.path(name + '-' + jdk() + ".aot");
        if (isMade && !Files.exists(cache)) {
            try {
                MachineCache.entry(cache.getFileName().toString(), target -> train(trainee, exercise, target));
            } catch (UncheckedIOException e) {
                System.err.println("No start-up cache for " + name + ": " + e.getCause());
            }
        }
        return options(cache);
    }

    private static void train(Function<StackDirectory, Server> trainee, Exercise exercise, Path cache)
            throws IOException {
        var root = Files.createTempDirectory("amrutam-training-");
        try {
            var server = trainee.apply(StackDirectory.at(root));
            var log = cache.resolveSibling(cache.getFileName() + ".log");
            train(server.prepare(), cache, log, process -> {
                awaitReady(process, server);
                exercise.run();
                process.destroy();
            });
            Files.delete(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Directories.delete(root);
        }
    }
}
