package com.amrutam.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.IdentityApplication;
import com.amrutam.kit.codes.OneTimeCodes;
import com.amrutam.localstack.junit.LocalStack;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a login costs the service, in a process of its own: a challenge answered with the right code. Not part of the tests,
 * since a figure is no verdict; run it with {@code ./amrutam test identity-service -Dtest=TokenBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(LocalStack.class)
class TokenBenchmark {
    private static final int CALLERS = 16;
    private static final int PEOPLE = 4_000;
    private static final int ROUNDS = 6;
    private static final String CODE = "123456";
    private static final double CPU_TICKS_PER_SECOND = 100;
    private static final int IDLE_SECONDS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = freePort();

    @Test
    void figures() throws Exception {
        var process = start();
        try {
            awaitStart();
            for (int round = 0; round < ROUNDS; round++) {
                logIns(process, round == 0 ? "first logins, cold" : "logins");
            }
            var before = cpuSeconds(process);
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            System.out.printf(
                    "idle: %.0f ms of processor time a second%n", (cpuSeconds(process) - before) * 1e3 / IDLE_SECONDS);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void logIns(Process process, String name) throws Exception {
        var challenges = challenges();
        var cpu = cpuSeconds(process);
        var begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = IntStream.range(0, CALLERS)
                    .<Callable<Void>>mapToObj(caller -> () -> {
                        for (int number = caller; number < challenges.size(); number += CALLERS) {
                            assertThat(logIn(challenges.get(number))).isEqualTo(200);
                        }
                        return null;
                    })
                    .toList();
            for (var caller : threads.invokeAll(callers)) {
                caller.get();
            }
        }
        var used = cpuSeconds(process) - cpu;
        System.out.printf(
                "%-20s %.0f/s, CPU each %.2f ms, so %.0f/s on one core%n",
                name, PEOPLE * 1e9 / (System.nanoTime() - begun), used * 1e3 / PEOPLE, PEOPLE / used);
    }

    private int logIn(UUID challenge) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/api/v1/auth/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"challengeId\":\"" + challenge + "\",\"code\":\"" + CODE + "\"}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** One for each phone, as if all had just asked for a code. */
    private static List<UUID> challenges() throws SQLException {
        var codes = new OneTimeCodes(Base64.getDecoder().decode(System.getProperty("amrutam.codes.digest-key")));
        var ids = new ArrayList<UUID>();
        try (var connection = LocalStack.connect();
                var insert = connection.prepareStatement("""
                        insert into identity.login_challenge
                            (id, phone, client_address, code_digest, requested_at, expires_at, attempts_remaining)
                        values (?, ?, '10.0.0.1', ?, now(), now() + interval '5 minutes', 5)""")) {
            for (int person = 0; person < PEOPLE; person++) {
                var id = UUID.randomUUID();
                ids.add(id);
                insert.setObject(1, id);
                insert.setString(2, "+9198%08d".formatted(person));
                insert.setBytes(3, codes.digest(id, CODE));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return ids;
    }

    private Process start() throws IOException {
        LocalStack.databaseUrl();
        var settings = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("amrutam.") || name.startsWith("spring."))
                .filter(name -> !name.equals("amrutam.security.jwk-set-uri"))
                .map(name -> "--" + name + "=" + System.getProperty(name));
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IdentityApplication.class.getName(),
                                "--server.port=" + port,
                                "--amrutam.security.jwk-set-uri=" + uri("/.well-known/jwks.json"),
                                "--logging.level.root=warn"),
                        settings)
                .toList();
        var started = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    private void awaitStart() throws InterruptedException {
        var request = HttpRequest.newBuilder(uri("/actuator/health/readiness")).build();
        while (true) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** User and system time of a process. */
    private static double cpuSeconds(Process process) throws IOException {
        var fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CPU_TICKS_PER_SECOND;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
