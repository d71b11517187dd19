package com.amrutam.system.monitoring;

import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Prometheus that reads the running system's metrics every other second, under our rules. */
final class Prometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI api;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
    }

    static Prometheus start(Path directory) throws IOException {
        var configuration = new StringBuilder("global: {scrape_interval: 2s, evaluation_interval: 1s}\n"
                + "rule_files: ['%s/*.yml']\nscrape_configs:\n"
                        .formatted(Monitoring.directory().resolve("prometheus/rules")));
        RunningSystem.services()
                .metrics()
                .forEach((service, address) -> configuration.append(
                        "  - {job_name: %s, metrics_path: %s, static_configs: [{targets: ['%s']}]}\n"
                                .formatted(service, address.getPath(), address.getAuthority())));
        var file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        int port = freePort();
        var process = new ProcessBuilder(List.of(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--enable-feature=exemplar-storage",
                        "--log.level=error",
                        "--web.listen-address=127.0.0.1:" + port))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        var prometheus = new Prometheus(process, port);
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(UncheckedIOException.class)
                .until(() -> {
                    prometheus.query("vector(1)");
                    return true;
                });
        return prometheus;
    }

    /** The series an instant query answers with. */
    JsonNode query(String expression) {
        return get("query?query=", expression).path("data").path("result");
    }

    JsonNode exemplars(String expression) {
        return get(
                        "query_exemplars?start=%d&end=%d&query="
                                .formatted(
                                        System.currentTimeMillis() / 1000 - 600, System.currentTimeMillis() / 1000 + 1),
                        expression)
                .path("data");
    }

    private JsonNode get(String path, String expression) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(api.resolve(path + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new IllegalArgumentException(
                        expression + ": " + body.path("error").asText());
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
