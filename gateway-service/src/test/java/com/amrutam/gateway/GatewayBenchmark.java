package com.amrutam.gateway;

import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The gateway, in a process of its own, with a token and a rate limit in Redis, beside nginx proxying to the same upstream
 * (another nginx). Needs Debian's {@code nginx-light}. Not part of the tests, since a figure is no verdict; run it with
 * {@code ./amrutam test gateway-service -Dtest=GatewayBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(LocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int USERS = 200;
    private static final int IDLE_CONNECTIONS = 2_000;
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final int MOST_WARM_UPS = 12;
    private static final double STEADY = 0.97;

    /** The system property that names a file to record the gateway's JVM into (JDK Flight Recorder). */
    private static final String RECORDING = "recording";

    private static final double CPU_TICKS_PER_SECOND = 100;
    private static final String PATH = "/api/v1/notifications";
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Process> processes = new ArrayList<>();
    private final List<String> tokens = Stream.generate(() -> TestIssuer.token(UUID.randomUUID(), "PATIENT"))
            .limit(USERS)
            .toList();
    private int upstreamPort;
    private int nginxPort;
    private int gatewayPort;
    private Process nginx = idle();
    private Process gateway = idle();

    @BeforeAll
    void start() throws Exception {
        upstreamPort = freePort();
        nginxPort = freePort();
        gatewayPort = freePort();
        nginx(
                upstreamPort,
                "location / { default_type application/json; return 200 '{\"items\":[],\"nextCursor\":null}'; }");
        nginx = nginx(
                nginxPort,
                "location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ''; }",
                "upstream up { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }"
                        .formatted(upstreamPort));
        gateway = started(gatewayCommand());
        awaitAnswer(gatewayPort);
        awaitAnswer(nginxPort);
    }

    @AfterAll
    void stop() throws InterruptedException {
        processes.forEach(Process::destroy);
        // The recording is written at the end.
        gateway.waitFor();
    }

    @Test
    void figures() throws Exception {
        warmUp();
        load("nginx", nginxPort, nginx, MEASURED);
        double capacity = load("gateway", gatewayPort, gateway, MEASURED).perSecond();
        paced("upstream alone", upstreamPort, capacity / 2);
        paced("nginx", nginxPort, capacity / 2);
        paced("gateway", gatewayPort, capacity / 2);
        idleConnections();
    }

    /** Until the JVM's compilers have come to rest: no request costs much less than it did a round before. */
    private void warmUp() throws Exception {
        var before = Double.MAX_VALUE;
        for (int round = 0; round < MOST_WARM_UPS; round++) {
            var now = load("warm-up", gatewayPort, gateway, MEASURED).cpuMicros();
            if (now > before * STEADY) {
                return;
            }
            before = now;
        }
    }

    private record Rate(double perSecond, double cpuMicros) {}

    /** As fast as it goes. */
    private Rate load(String name, int port, Process process, Duration duration) throws Exception {
        var cpu = cpuSeconds(process);
        var begun = System.nanoTime();
        var end = begun + duration.toNanos();
        var latencies = each(CONNECTIONS, number -> {
            var own = new ArrayList<Double>();
            try (var connection = new Connection(port)) {
                while (System.nanoTime() < end) {
                    own.add(connection.ask(tokens.get((number + own.size()) % USERS)));
                }
            }
            return own;
        });
        var seconds = (System.nanoTime() - begun) / 1e9;
        var rate = new Rate(latencies.length / seconds, (cpuSeconds(process) - cpu) * 1e6 / latencies.length);
        System.out.printf(
                "%-16s flat out, %d connections: %.0f/s, p50 %.2f ms, p99 %.2f ms, CPU a request %.0f us%n",
                name, CONNECTIONS, rate.perSecond(), at(latencies, 50), at(latencies, 99), rate.cpuMicros());
        return rate;
    }

    /** At a rate, each request due at its time, whatever became of the one before. */
    private void paced(String name, int port, double perSecond) throws Exception {
        var begun = System.nanoTime();
        var interval = (long) (1e9 * CONNECTIONS / perSecond);
        var latencies = each(CONNECTIONS, number -> {
            var own = new ArrayList<Double>();
            try (var connection = new Connection(port)) {
                for (long due = begun + number * interval / CONNECTIONS;
                        due < begun + MEASURED.toNanos();
                        due += interval) {
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    connection.ask(tokens.get((number + own.size()) % USERS));
                    own.add((System.nanoTime() - due) / 1e6);
                }
            }
            return own;
        });
        System.out.printf(
                "%-16s at %.0f/s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
                name, perSecond, at(latencies, 50), at(latencies, 95), at(latencies, 99));
    }

    private void idleConnections() throws Exception {
        var before = residentMebibytes(gateway);
        var open = new ArrayList<Connection>();
        for (int number = 0; number < IDLE_CONNECTIONS; number++) {
            var connection = new Connection(gatewayPort);
            connection.ask(tokens.get(number % USERS));
            open.add(connection);
        }
        System.out.printf(
                "%d idle connections: %d MiB resident before, %d MiB with them%n",
                IDLE_CONNECTIONS, before, residentMebibytes(gateway));
        for (var connection : open) {
            connection.close();
        }
    }

    /** One keep-alive connection, the cheapest client there is, since it takes its share of the same two cores. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final byte[] buffer = new byte[8 * 1024];

        Connection(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
        }

        /** @return milliseconds until the whole answer was there */
        double ask(String token) throws IOException {
            var begun = System.nanoTime();
            var request = "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            int length = 0;
            while (true) {
                int read = socket.getInputStream().read(buffer, length, buffer.length - length);
                if (read < 0) {
                    throw new IOException("The connection was closed");
                }
                length += read;
                var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                if (text.endsWith("null}") || text.endsWith("0\r\n\r\n")) {
                    if (!text.startsWith("HTTP/1.1 200")) {
                        throw new IOException(text);
                    }
                    return (System.nanoTime() - begun) / 1e6;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private List<String> gatewayCommand() {
        var settings = new TreeMap<String, String>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("amrutam."))
                .forEach(name -> settings.put(name, System.getProperty(name)));
        for (var service : List.of("identity", "doctor", "booking", "notification")) {
            settings.put("amrutam.gateway.services." + service, "http://127.0.0.1:" + upstreamPort);
        }
        settings.putAll(Map.of(
                "amrutam.gateway.limits.api.requests", "100000000",
                "server.port", String.valueOf(gatewayPort),
                "logging.level.root", "warn"));
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                recordingOption(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                GatewayApplication.class.getName()),
                        settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()))
                .toList();
    }

    private static String recordingOption() {
        var file = System.getProperty(RECORDING);
        return file == null
                ? "-Xlog:disable"
                : "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file;
    }

    private Process nginx(int port, String location, String... outside) throws IOException {
        var directory = Files.createTempDirectory("amrutam-nginx-");
        var file = directory.resolve("nginx.conf");
        Files.writeString(file, """
                worker_processes 1; daemon off; master_process off; pid %1$s/pid; error_log stderr warn;
                events { worker_connections 8192; }
                http {
                  access_log off; keepalive_requests 100000000;
                  client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                  uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                  %2$s
                  server { listen 127.0.0.1:%3$d; %4$s }
                }
                """.formatted(directory, String.join("\n", outside), port, location));
        return started(List.of("/usr/sbin/nginx", "-c", file.toString()));
    }

    private Process started(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).inheritIO().start();
        processes.add(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void awaitAnswer(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                .header("Authorization", "Bearer " + tokens.getFirst())
                .build();
        for (int attempt = 0; attempt < 300; attempt++) {
            try {
                if (HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("Nothing answers on " + port);
    }

    private interface Work {
        List<Double> of(int number) throws Exception;
    }

    private static double[] each(int count, Work work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<List<Double>>>();
            for (int number = 0; number < count; number++) {
                int own = number;
                tasks.add(() -> work.of(own));
            }
            var all = new ArrayList<Double>();
            for (var future : threads.invokeAll(tasks)) {
                all.addAll(future.get());
            }
            return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        }
    }

    private static Process idle() {
        try {
            return new ProcessBuilder("true").start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** User and system time of a process. */
    private static double cpuSeconds(Process process) throws IOException {
        var fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CPU_TICKS_PER_SECOND;
    }

    private static long residentMebibytes(Process process) throws IOException {
        var matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!matcher.find()) {
            throw new IllegalStateException("Linux says no more how large a process is");
        }
        return Long.parseLong(matcher.group(1)) / 1024;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double at(double[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)];
    }
}
