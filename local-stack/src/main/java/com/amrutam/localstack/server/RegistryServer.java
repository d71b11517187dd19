package com.amrutam.localstack.server;

import com.amrutam.events.wire.SchemaRegistry;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Apicurio Registry, used through its Confluent-compatible API. It keeps schemas in a Postgres database, or in memory
 * where the stack is thrown away anyhow.
 */
final class RegistryServer implements Server {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Ports ports;
    private final Map<String, String> storage;
    private final Supplier<List<String>> startUp;

    private RegistryServer(Ports ports, Map<String, String> storage, Supplier<List<String>> startUp) {
        this.ports = ports;
        this.storage = storage;
        this.startUp = startUp;
    }

    /** A registry that keeps its schemas; a missing start-up cache is made now. */
    static RegistryServer on(PostgresServer database, Ports ports, Secrets secrets) {
        var storage = Map.of(
                "APICURIO_STORAGE_KIND", "sql",
                "APICURIO_STORAGE_SQL_KIND", "postgresql",
                "APICURIO_DATASOURCE_URL", database.url("registry"),
                "APICURIO_DATASOURCE_USERNAME", "registry",
                "APICURIO_DATASOURCE_PASSWORD", secrets.password("registry"),
                // Or it answers 500 once for every connection that Postgres' end has left dead in its pool.
                "QUARKUS_DATASOURCE_POSTGRESQL_JDBC_FOREGROUND_VALIDATION_INTERVAL", "1S");
        return new RegistryServer(ports, storage, () -> startUpCache(true));
    }

    /** A registry that forgets when it stops. */
    static RegistryServer inMemory(Ports ports) {
        return new RegistryServer(ports, Map.of(), () -> startUpCache(false));
    }

    private static List<String> startUpCache(boolean isMade) {
        var trainee = new RegistryServer(Ports.free(), Map.of(), List::of);
        return StartUpCache.ofMachine(
                MachineCache.registry().getFileName().toString(),
                isMade,
                directory -> trainee,
                () -> Provisioning.schemas(new SchemaRegistry(trainee.confluentApi())));
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public int port() {
        return ports.registry();
    }

    URI confluentApi() {
        return URI.create("http://127.0.0.1:" + port() + "/apis/ccompat/v7");
    }

    @Override
    public Launch prepare() throws IOException {
        var environment = new HashMap<>(storage);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.registryManagement()));
        environment.put("QUARKUS_LOG_LEVEL", "WARN");
        environment.put("QUARKUS_BANNER_ENABLED", "false");
        var command = new ArrayList<>(List.of(
                Server.java(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(startUp.get());
        command.addAll(List.of("-cp", classPath(MachineCache.registry()), "io.quarkus.runner.GeneratedMain"));
        return new Launch(command, environment);
    }

    @Override
    public boolean isReady() {
        var subjects = HttpRequest.newBuilder(URI.create(confluentApi() + "/subjects"))
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(subjects, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A plain class path in place of Quarkus' own class loader, which an AOT cache could not look into. */
    private static String classPath(Path application) throws IOException {
        var jars = new ArrayList<Path>();
        jars.add(application.resolve("quarkus/generated-bytecode.jar"));
        jars.add(application.resolve("quarkus/transformed-bytecode.jar"));
        for (var directory : List.of("app", "lib/boot", "lib/main")) {
            try (var files = Files.list(application.resolve(directory))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
