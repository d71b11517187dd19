package com.amrutam.localstack.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's process, found again through its pid file by whichever launcher comes later. It runs in a session of its
 * own, so that neither a closed terminal nor Ctrl-C on the launcher ends it.
 */
public final class ServerProcess {
    private static final Duration POLL = Duration.ofMillis(50);
    /** Even a large process is gone by then. */
    private static final Duration KILLED = Duration.ofSeconds(10);
    /** How much of a dead server's log is shown. */
    private static final int LAST_LINES = 30;
    /** Start times are reckoned from the boot time, which moves a little when the clock is set. */
    private static final long SAME_START_MILLIS = 5_000;

    private final Server server;
    private final StackDirectory directory;

    public ServerProcess(Server server, StackDirectory directory) {
        this.server = server;
        this.directory = directory;
    }

    public Server server() {
        return server;
    }

    /** The running process, if there is one. */
    public Optional<ProcessHandle> handle() {
        try {
            // Pid and start time: a pid alone may by now be somebody else's.
            var lines = Files.readAllLines(directory.pidFile(server.name()));
            return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                    .filter(ServerProcess::isAlive)
                    .filter(handle ->
                            Math.abs(startMillis(handle) - Long.parseLong(lines.getLast())) < SAME_START_MILLIS);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Starts the process, unless it runs, and returns at once. */
    public ProcessHandle start() throws IOException, InterruptedException {
        var running = handle();
        if (running.isPresent()) {
            return running.get();
        }
        var launch = server.prepare();
        var command = new ArrayList<String>();
        command.add("setsid");
        command.addAll(launch.command());
        var log = directory.log(server.name()).toFile();
        var builder = new ProcessBuilder(command)
                .directory(directory.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.to(log));
        builder.environment().putAll(launch.environment());
        var handle = builder.start().toHandle();
        Files.write(
                directory.pidFile(server.name()),
                List.of(Long.toString(handle.pid()), Long.toString(startMillis(handle))));
        return handle;
    }

    /**
     * Waits until the server answers.
     *
     * @throws DidNotStart when it died or took too long
     */
    public void awaitReady(Duration timeout) throws InterruptedException {
        var deadline = Instant.now().plus(timeout);
        while (!server.isReady()) {
            if (handle().isEmpty()) {
                throw new DidNotStart(server.name(), "died while starting", lastLines());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new DidNotStart(
                        server.name(), "did not answer within " + timeout.toSeconds() + " s", lastLines());
            }
            Thread.sleep(POLL);
        }
    }

    /** Asks the process to finish and waits; kills it when the time is over. */
    public void stop(Duration timeout) throws IOException, InterruptedException {
        var running = handle();
        if (running.isPresent()) {
            signal(running.get(), server.stopSignal());
            if (!ended(running.get(), timeout)) {
                running.get().descendants().forEach(ProcessHandle::destroyForcibly);
                running.get().destroyForcibly();
                ended(running.get(), Duration.ofSeconds(10));
            }
        }
        Files.deleteIfExists(directory.pidFile(server.name()));
    }

    /** Ends the process and all its children as a crash would, {@code kill -9}, and waits until they are gone. */
    public void kill() throws InterruptedException {
        var tree = tree();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (var dead : tree) {
            if (!ended(dead, KILLED)) {
                throw new IllegalStateException(dead.pid() + " of " + server.name() + " outlives a kill -9");
            }
        }
    }

    /** Stops the process and all its children where they are; they keep their connections and answer nobody. */
    public void freeze() throws IOException, InterruptedException {
        for (var handle : tree()) {
            signal(handle, "STOP");
        }
    }

    /** Lets a frozen process go on. */
    public void thaw() throws IOException, InterruptedException {
        for (var handle : tree()) {
            signal(handle, "CONT");
        }
    }

    private List<ProcessHandle> tree() {
        return handle().stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
    }

    /** The end of what the server printed. */
    public List<String> lastLines() {
        return lastLines(directory.log(server.name()));
    }

    static List<String> lastLines(Path log) {
        try {
            var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void signal(ProcessHandle handle, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid()))
                .start()
                .waitFor();
    }

    private static boolean ended(ProcessHandle handle, Duration timeout) throws InterruptedException {
        var deadline = Instant.now().plus(timeout);
        while (isAlive(handle)) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    /** In containers nobody may reap an orphan that ended; such a zombie is not alive. */
    private static boolean isAlive(ProcessHandle handle) {
        try {
            var stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            return handle.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static long startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** A server did not come up. */
    public static final class DidNotStart extends RuntimeException {
        private final String server;

        DidNotStart(String server, String what, List<String> lastLines) {
            super("%s %s. The end of its log:%n%n  %s".formatted(server, what, String.join("\n  ", lastLines)));
            this.server = server;
        }

        public String server() {
            return server;
        }
    }
}
