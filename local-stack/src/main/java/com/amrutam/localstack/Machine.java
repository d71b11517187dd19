package com.amrutam.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What Linux tells about this machine and its processes. */
public final class Machine {
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final Pattern PROPORTIONAL_SET = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final String LISTENING = "0A";

    private Machine() {}

    /** Memory that could be taken without swapping, in MiB; inside a container what its limit leaves. */
    static long availableMebibytes() throws IOException {
        var machine = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
        var available = machine.find() ? Long.parseLong(machine.group(1)) / 1024 : Long.MAX_VALUE;
        var limit = number(Path.of("/sys/fs/cgroup/memory.max"));
        var used = number(Path.of("/sys/fs/cgroup/memory.current"));
        return limit.isPresent() && used.isPresent()
                ? Math.min(available, (limit.getAsLong() - used.getAsLong()) >> 20)
                : available;
    }

    /**
     * Memory of one process in KiB, with shared pages divided among those who share them, so that a sum over processes
     * counts no page twice.
     */
    public static long memoryKibibytes(long pid) {
        try {
            var matcher = PROPORTIONAL_SET.matcher(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            // Ended meanwhile, or somebody else's.
            return 0;
        }
    }

    /** Who listens on a port of this machine, as far as we may see: a pid and the program's name. */
    static Optional<String> listenerOn(int port) {
        return socketOn(port)
                .flatMap(socket -> ProcessHandle.allProcesses()
                        .filter(process -> holds(process.pid(), socket))
                        .findFirst()
                        .map(process ->
                                "%s (pid %d)".formatted(process.info().command().orElse("a process"), process.pid())));
    }

    private static Optional<String> socketOn(int port) {
        var suffix = ":%04X".formatted(port);
        for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try {
                for (var line : Files.readAllLines(Path.of(table))) {
                    var fields = line.trim().split("\\s+");
                    if (fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                        return Optional.of("socket:[" + fields[9] + "]");
                    }
                }
            } catch (IOException e) {
                // No IPv6 here.
                continue;
            }
        }
        return Optional.empty();
    }

    private static boolean holds(long pid, String socket) {
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).toString().equals(socket);
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }

    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).trim()));
        } catch (IOException | NumberFormatException e) {
            // No such limit ("max"), or no cgroup v2.
            return OptionalLong.empty();
        }
    }
}
