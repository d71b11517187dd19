package com.amrutam.localstack.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One of our services: its executable jar, unpacked and given a start-up cache once per build. */
public final class Service implements Server {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    /** C2 later than usual: where a service runs for a minute or two, its work at the start is most of the wait. */
    private static final List<String> FOR_ONCE = List.of(
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String name;
    private final int port;
    private final int managementPort;
    private final List<String> heap;
    private final Path jar;
    private final Path application;
    private final StackDirectory directory;
    private final Map<String, String> environment;
    private final Progress progress;
    private final boolean cached;

    /**
     * @param application the name of the service; instances of one share what was unpacked
     * @param heap the JVM's options for the size of its heap
     * @param managementPort where it tells of its health and metrics; may be the same as {@code port}
     */
    Service(
            String name,
            String application,
            int port,
            int managementPort,
            List<String> heap,
            Path jar,
            StackDirectory directory,
            Map<String, String> environment,
            Progress progress,
            boolean cached) {
        this.name = name;
        this.port = port;
        this.managementPort = managementPort;
        this.heap = heap;
        this.jar = jar;
        this.directory = directory;
        this.application = directory.root().resolve("services").resolve(application);
        this.environment = Map.copyOf(environment);
        this.progress = progress;
        this.cached = cached;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Launch prepare() throws IOException, InterruptedException {
        var cache = application.resolve("start-up.aot");
        var stamp = application.resolve("build");
        var build = digest(jar) + ' ' + StartUpCache.jdk() + ' ' + heap + ' ' + FLAGS;
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(build)) {
            progress.step(name, "unpacking");
            unpack();
            if (cached) {
                train(cache);
            }
            Files.writeString(stamp, build);
            progress.step(name, "starting");
        }
        return launch(StartUpCache.options(cache));
    }

    private void train(Path cache) throws InterruptedException {
        progress.step(name, "making a start-up cache");
        var log = directory.log(name + "-training");
        try {
            StartUpCache.train(launch(List.of()), cache, log, process -> {
                StartUpCache.awaitReady(process, this);
                process.destroy();
            });
        } catch (IOException e) {
            throw new ServerProcess.DidNotStart(name, "died at its first start", ServerProcess.lastLines(log));
        }
    }

    @Override
    public boolean isReady() {
        var readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Launch launch(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Server.java());
        command.addAll(heap);
        command.addAll(FLAGS);
        if (!cached) {
            command.addAll(FOR_ONCE);
        }
        command.addAll(options);
        command.addAll(List.of("-jar", application.resolve(jar.getFileName()).toString()));
        return new Launch(command, environment);
    }

    private void unpack() throws IOException, InterruptedException {
        Directories.delete(application);
        Files.createDirectories(application.resolveSibling("."));
        var command = List.of(
                Server.java(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                application.toString());
        Command.run(jar + " could not be unpacked", command);
    }

    private static String digest(Path file) throws IOException {
        try (var stream = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
