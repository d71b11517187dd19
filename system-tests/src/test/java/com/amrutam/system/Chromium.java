package com.amrutam.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One page of a headless Chromium, driven by the DevTools protocol: enough to click and look, without a driver to install. */
final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BINARY = Path.of("/usr/bin/chromium");

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    private Chromium(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Answers())
                .join();
    }

    /** A browser, installed from Debian first if need be; empty where that cannot be done. */
    static Optional<Chromium> open() throws IOException, InterruptedException {
        if (!Files.isExecutable(BINARY) && !isInstalled()) {
            return Optional.empty();
        }
        var profile = Files.createTempDirectory("amrutam-chromium-");
        var process = new ProcessBuilder(
                        BINARY.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,1600",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Chromium tells its port in this file once it listens.
        var port = profile.resolve("DevToolsActivePort");
        await(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
        return Optional.of(new Chromium(process, page(Files.readAllLines(port).getFirst())));
    }

    private static boolean isInstalled() throws IOException, InterruptedException {
        var install = new ProcessBuilder("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium");
        install.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            return install.redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0
                    && Files.isExecutable(BINARY);
        } catch (IOException e) {
            return false;
        }
    }

    private static URI page(String port) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var targets = JSON.readTree(http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            for (var target : targets) {
                if (target.path("type").asText().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asText());
                }
            }
            throw new IOException("Chromium has no page");
        }
    }

    void visit(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of a JavaScript expression. */
    JsonNode evaluate(String expression) {
        return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true))
                .path("result")
                .path("value");
    }

    /** Waits until a JavaScript expression holds. */
    void awaitThat(String expression) throws InterruptedException {
        await(() -> evaluate(expression).asBoolean());
    }

    void screenshot(Path file) throws IOException {
        var picture = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        socket.sendText(
                        JSON.valueToTree(Map.of("id", id, "method", method, "params", parameters))
                                .toString(),
                        true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("The page did not become as wanted within " + PATIENCE.toSeconds() + " s");
            }
            // A page tells nobody what it has become.
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                receive(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void receive(String message) {
            try {
                var answer = JSON.readTree(message);
                var waiting = answers.remove(answer.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(answer.path("result"));
                }
            } catch (IOException e) {
                List.copyOf(answers.values()).forEach(waiting -> waiting.completeExceptionally(e));
            }
        }
    }
}
