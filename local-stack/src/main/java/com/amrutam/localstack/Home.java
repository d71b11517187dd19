package com.amrutam.localstack;

import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This checkout's stack: the state directory {@code .amrutam} and all that runs from it.
 *
 * @param services what runs on top of the stack, in the order they start
 */
public record Home(Path repository, StackDirectory directory, Stack stack, List<ServerProcess> services) {
    private static final String LAST_START = "last-start";

    /** Of the checkout that the launcher was started from. */
    public static Home open(Progress progress) throws IOException {
        var repository = Path.of(System.getProperty("amrutam.home", "."))
                .toAbsolutePath()
                .normalize();
        var directory = StackDirectory.at(repository.resolve(".amrutam"));
        var stack = Stack.lasting(directory, Ports.STANDARD);
        return new Home(
                repository,
                directory,
                stack,
                Services.of(stack, directory, repository, ServicePorts.STANDARD, progress));
    }

    /** Servers first, then services. */
    public List<ServerProcess> processes() {
        return Stream.concat(stack.servers().stream(), services.stream()).toList();
    }

    /** True when all of it runs. */
    public boolean isUp() {
        return processes().stream().allMatch(process -> process.handle().isPresent());
    }

    /** How many seconds the last start of the whole system took. */
    Optional<String> lastStart() throws IOException {
        var file = directory.root().resolve(LAST_START);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    void lastStart(double seconds) throws IOException {
        Files.writeString(directory.root().resolve(LAST_START), "%.1f".formatted(seconds));
    }

    /** Held until the launcher ends, so that two of them do not work on one stack. */
    FileLock lock() throws IOException {
        var file = directory.root().resolve("lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = tryLock(channel);
        if (lock == null) {
            throw new Trouble(ExitCode.BUSY, "Another ./amrutam is starting or stopping this stack; wait for it.");
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
