package com.amrutam.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service behind the gateway: answers {@code {"service":"<name>"}} unless told otherwise, and notes what reached it. */
final class Upstream {
    private final String name;
    private final int port;
    private volatile HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();

    record Received(String method, String target, Headers headers, byte[] body) {
        String header(String header) {
            return Objects.requireNonNullElse(headers.getFirst(header), "(none)");
        }
    }

    Upstream(String name) {
        this.name = name;
        this.server = serve(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer serve(int wantedPort) {
        try {
            var created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 0);
            created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            created.createContext("/", this::handle);
            created.start();
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on this path is answered by the handler. */
    void answer(String path, HttpHandler handler) {
        handlers.put(path, handler);
    }

    List<Received> received(String path) {
        return received.stream()
                .filter(request -> request.target().split("\\?", 2)[0].equals(path))
                .toList();
    }

    Received last(String path) {
        return received(path).getLast();
    }

    /** Goes away at once, with every connection. */
    void stop() {
        server.stop(0);
    }

    /** Comes back on the same port. */
    void start() {
        server = serve(port);
    }

    /** Forgets all special answers. */
    void forgetAnswers() {
        handlers.clear();
    }

    static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            var handler = handlers.get(exchange.getRequestURI().getPath());
            if (handler == null) {
                send(exchange, 200, "application/json", "{\"service\":\"" + name + "\"}");
            } else {
                handler.handle(exchange);
            }
        }
    }
}
