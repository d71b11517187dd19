package com.amrutam.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Providers of messages on the network, under {@code /first}, {@code /second} and {@code /whatsapp}; they take everything, unless told otherwise. */
final class ProviderStub implements AutoCloseable {
    /** What the first answers when it has taken a message; {@code %s} is what it calls it. */
    private static final String YES = "{\"type\":\"success\",\"request_id\":\"%s\"}";

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> moods = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    ProviderStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param key what the caller showed to be let in */
    record Asked(String provider, String key, String body) {}

    String url(String provider) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + provider;
    }

    /** What a provider was asked about a number, oldest first. */
    List<Asked> asked(String provider, String phone) {
        return asked.stream()
                .filter(one -> one.provider().equals(provider) && one.body().contains(phone.substring(1)))
                .toList();
    }

    List<Asked> asked(String provider) {
        return asked.stream().filter(one -> one.provider().equals(provider)).toList();
    }

    /** Has those who hold their answer say yes. */
    void release() {
        released.countDown();
    }

    void forget() {
        asked.clear();
        moods.clear();
    }

    /**
     * How a provider treats a number from now on.
     *
     * @param mood a status and a body; or {@code hang}, to say nothing; {@code drip}, to answer without end; {@code drop}, to
     *     take the message and hang up; {@code hold}, to say yes once {@link #release released}
     */
    void treat(String provider, String phone, String mood) {
        moods.put(provider + " " + phone.substring(1), mood);
    }

    /** What the first provider calls a message that asked for this. */
    static String reference(Asked asked) {
        return "ref-" + Integer.toHexString(asked.body().hashCode());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var provider = exchange.getRequestURI().getPath().substring(1);
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var key = String.valueOf(exchange.getRequestHeaders().getFirst("authkey"));
        var one = new Asked(provider, key, body);
        var mood = moods.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(provider + " ")
                        && body.contains(entry.getKey().substring(provider.length() + 1)))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse("yes");
        asked.add(one);
        try (exchange) {
            switch (mood) {
                case "yes" -> sayYes(exchange, one);
                case "hold" -> {
                    await(released);
                    sayYes(exchange, one);
                }
                case "hang" -> await(end);
                case "drop" -> {}
                case "drip" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(end);
                }
                default -> say(exchange, mood.split(" ", 2));
            }
        }
    }

    private static void sayYes(HttpExchange exchange, Asked one) throws IOException {
        say(
                exchange,
                one.provider().equals("first")
                        ? new String[] {"200", YES.formatted(reference(one))}
                        : new String[] {"201"});
    }

    private static void say(HttpExchange exchange, String[] mood) throws IOException {
        int status = Integer.parseInt(mood[0]);
        var answer = (mood.length > 1 ? mood[1] : "").getBytes(StandardCharsets.UTF_8);
        if (status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "120");
        }
        if (status == 302) {
            exchange.getResponseHeaders().set("Location", "/stolen");
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static void await(CountDownLatch moment) {
        try {
            moment.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
