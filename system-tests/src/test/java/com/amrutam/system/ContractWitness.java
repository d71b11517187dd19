package com.amrutam.system;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Services;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Stands between a contract tester and the gateway: lends each request the token of somebody who may make it, and
 * compares what is answered with what the document announces. It serves one request after the other.
 */
final class ContractWitness implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the HTTP client writes by itself, and what is lent. */
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "authorization");

    private static final String EVENTS = "text/event-stream";
    private static final int TOO_MANY_REQUESTS = 429;

    private final List<Operation> operations;
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Set<String> undocumented = new TreeSet<>();
    private final String administrator;
    private final String doctor;
    private final String anyDoctor;
    private final HttpServer server;
    private String patient;

    private record Reply(int status, String type, byte[] body) {}

    private record Operation(String method, String path, JsonNode description) {
        static List<Operation> of(JsonNode document) {
            var all = new ArrayList<Operation>();
            document.path("paths")
                    .forEachEntry((path, item) -> item.forEachEntry((method, description) ->
                            all.add(new Operation(method.toUpperCase(Locale.ROOT), path, description))));
            // "me" is a path of its own before it could be anybody's id.
            all.sort(Comparator.comparing(operation -> operation.path().contains("{")));
            return all;
        }

        boolean is(String wantedMethod, String wantedPath) {
            return method.equals(wantedMethod)
                    && wantedPath.matches(path.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"));
        }

        String name() {
            return method + " " + path;
        }

        boolean isOpen() {
            return description.has("security") && description.path("security").isEmpty();
        }

        boolean announces(int status) {
            return status < 500 && description.path("responses").has(String.valueOf(status));
        }
    }

    /** @param document the OpenAPI document */
    ContractWitness(JsonNode document) throws IOException, InterruptedException {
        operations = Operation.of(document);
        var admin = new Person(Services.ADMIN_PHONE, RunningSystem.services(), HTTP);
        administrator = admin.logIn().text("accessToken");
        doctor = doctor(admin);
        patient = patient();
        anyDoctor = RunningSystem.somebody()
                .api()
                .get("/api/v1/doctors?limit=1")
                .expect(200)
                .body()
                .at("/items/0/id")
                .asText();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    int requests() {
        return asked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The operations that were asked for. */
    Set<String> asked() {
        return asked.keySet();
    }

    /** The operations there are. */
    List<String> documented() {
        return operations.stream().map(Operation::name).toList();
    }

    /** Operations with a status nobody was told of, or that tells of a fault of ours. */
    Set<String> undocumented() {
        return undocumented;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getRawPath();
            var operation = operations.stream()
                    .filter(one -> one.is(exchange.getRequestMethod(), path))
                    .findFirst();
            var answer = passOn(exchange, operation, body);
            if (answer.status() == TOO_MANY_REQUESTS && isPatients(path)) {
                patient = patient();
                answer = passOn(exchange, operation, body);
            }
            if (operation.isPresent()) {
                witness(operation.get(), exchange, body, answer);
            }
            if (answer.status() == 202 && exchange.getRequestMethod().equals("DELETE")) {
                // Who has been forgotten can ask for nothing more.
                patient = patient();
            }
            if (!answer.type().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", answer.type());
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void witness(Operation operation, HttpExchange exchange, byte[] body, Reply answer) {
        asked.merge(operation.name(), 1, Integer::sum);
        if (!operation.announces(answer.status())) {
            undocumented.add("%s answered %d: %s (to %s %s)"
                    .formatted(
                            operation.name(),
                            answer.status(),
                            new String(answer.body(), StandardCharsets.UTF_8),
                            exchange.getRequestURI(),
                            new String(body, StandardCharsets.UTF_8)));
        }
    }

    private Reply passOn(HttpExchange exchange, Optional<Operation> operation, byte[] body)
            throws IOException, InterruptedException {
        var random = ThreadLocalRandom.current();
        var request = HttpRequest.newBuilder(
                        URI.create(RunningSystem.services().api() + target(exchange.getRequestURI())))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("X-Forwarded-For", "198.19.%d.%d".formatted(random.nextInt(256), random.nextInt(1, 255)));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        if (operation.isPresent() && !operation.get().isOpen()) {
            request.setHeader("Authorization", "Bearer " + lent(operation.get().path()));
        }
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        var type = answer.headers().firstValue("Content-Type").orElse("");
        try (var content = answer.body()) {
            // A live stream never ends.
            return new Reply(answer.statusCode(), type, type.startsWith(EVENTS) ? new byte[0] : content.readAllBytes());
        }
    }

    /** A made-up id finds nobody; half of the time it is a doctor's. */
    private String target(URI uri) {
        var raw = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + '?' + uri.getRawQuery();
        return ThreadLocalRandom.current().nextBoolean()
                ? raw.replaceFirst("^(/api/v1/doctors/)[0-9a-f-]{36}", "$1" + anyDoctor)
                : raw;
    }

    private String lent(String path) {
        if (path.contains("/admin/")) {
            return administrator;
        }
        return path.contains("/doctors/me") ? doctor : patient;
    }

    private static boolean isPatients(String path) {
        return !path.contains("/admin/") && !path.contains("/doctors/me");
    }

    private static String patient() throws InterruptedException {
        return RunningSystem.somebody().logIn().text("accessToken");
    }

    /** Somebody an administrator has made a doctor. */
    private static String doctor(Person administrator) throws InterruptedException {
        var person = RunningSystem.somebody();
        var tokens = person.logIn();
        administrator
                .api()
                .put(
                        "/api/v1/admin/users/" + tokens.body().at("/user/id").asText() + "/roles",
                        Map.of("roles", List.of("DOCTOR")))
                .expect(200);
        return person.api()
                .post("/api/v1/auth/refresh", Map.of("refreshToken", tokens.text("refreshToken")))
                .expect(200)
                .text("accessToken");
    }
}
