package com.amrutam.localstack.junit;

import com.amrutam.localstack.demo.DemoDoctors;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension: the whole system as {@code ./amrutam up} starts it, each service a process of its own, on free ports
 * and with data of its own, demo doctors included. Started once per test JVM, ended with it. Maven must have packaged
 * the services.
 */
public final class RunningSystem implements BeforeAllCallback {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public void beforeAll(ExtensionContext context) {
        stack();
    }

    /** The servers underneath. */
    public static Stack stack() {
        return Running.STACK;
    }

    /** Where the services listen. */
    public static ServicePorts services() {
        return Running.SERVICES;
    }

    /** Where the system keeps what it has. */
    public static StackDirectory directory() {
        return Running.DIRECTORY;
    }

    /** Where the repository of this build is. */
    public static Path repository() {
        try {
            return Running.repository();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the services and the servers underneath have logged so far, a file each. */
    public static List<Path> logs() {
        try (var files = Files.list(Running.DIRECTORY.logs())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody with a new phone, who has not logged in. */
    public static Person somebody() {
        return new Person("+9197%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)), services(), HTTP);
    }

    /** Initialised at first use, by the JVM's own rules exactly once. */
    private static final class Running {
        static final StackDirectory DIRECTORY = directory();
        static final ServicePorts SERVICES = ServicePorts.free();
        static final Stack STACK = start();

        private static StackDirectory directory() {
            try {
                var root = Files.createTempDirectory("amrutam-system-");
                Watchdog.guard(root);
                return StackDirectory.at(root);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Stack start() {
            try {
                var stack = Stack.lasting(DIRECTORY, Ports.free());
                stack.start(Progress.NONE);
                Services.start(Services.forOnce(stack, DIRECTORY, repository(), SERVICES), Progress.NONE);
                new DemoDoctors(stack, SERVICES).seed();
                return stack;
            } catch (IOException e) {
                throw new IllegalStateException("The system could not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** The root of our repository: the nearest directory above with the command line in it. */
        private static Path repository() throws IOException {
            var directory = Path.of("").toAbsolutePath();
            while (!Files.isExecutable(directory.resolve("amrutam"))) {
                directory = directory.getParent();
                if (directory == null) {
                    throw new IOException("Not inside the repository");
                }
            }
            return directory;
        }
    }
}
