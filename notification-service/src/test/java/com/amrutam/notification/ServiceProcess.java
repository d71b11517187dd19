package com.amrutam.notification;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The service in a process of its own, on the tests' stack and class path. */
final class ServiceProcess implements AutoCloseable {
    private static final double CPU_TICKS_PER_SECOND = 100;

    private final Process process;

    private ServiceProcess(Process process) {
        this.process = process;
    }

    /** Starts one and waits until it is ready. */
    static ServiceProcess start(List<String> jvmOptions, List<String> settings) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var ofTheStack = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("amrutam.") || name.startsWith("spring."))
                .map(name -> "--" + name + "=" + System.getProperty(name));
        var command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        jvmOptions.stream(),
                        Stream.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                NotificationApplication.class.getName(),
                                "--logging.level.root=warn",
                                "--server.port=" + port),
                        settings.stream().filter(setting -> !setting.startsWith("--server.port=")),
                        ofTheStack)
                .flatMap(part -> part)
                .toList();
        var process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> http.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        }
        return new ServiceProcess(process);
    }

    /** Ends it as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** User and system time it has taken. */
    double cpuSeconds() throws IOException {
        var fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CPU_TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
