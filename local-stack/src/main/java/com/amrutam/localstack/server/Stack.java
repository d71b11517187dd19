package com.amrutam.localstack.server;

import com.amrutam.events.wire.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The infrastructure of one stack: Postgres with its replica, Kafka, Redis and the schema registry. */
public final class Stack {
    /** Generous: a cold machine with two cores starts everything at once. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final StackDirectory directory;
    private final Ports ports;
    private final Secrets secrets;
    private final boolean lasting;
    private final PostgresServer postgresServer;
    private final PostgresServer replicaServer;
    private final RegistryServer registryServer;
    private final ServerProcess postgres;
    private final ServerProcess replica;
    private final ServerProcess kafka;
    private final ServerProcess redis;
    private final ServerProcess registry;

    private Stack(StackDirectory directory, Ports ports, boolean lasting) throws IOException {
        this.directory = directory;
        this.ports = ports;
        this.lasting = lasting;
        this.secrets = lasting ? directory.secrets() : Secrets.forTests();
        this.postgresServer = PostgresServer.primary(ports.postgres(), directory, secrets, lasting);
        this.registryServer =
                lasting ? RegistryServer.on(postgresServer, ports, secrets) : RegistryServer.inMemory(ports);
        this.postgres = new ServerProcess(postgresServer, directory);
        this.replicaServer = postgresServer.standby(ports.replica(), directory, secrets);
        this.replica = new ServerProcess(replicaServer, directory);
        this.kafka = new ServerProcess(KafkaBroker.of(ports, directory, secrets, lasting), directory);
        this.redis = new ServerProcess(new RedisServer(ports.redis(), directory), directory);
        this.registry = new ServerProcess(registryServer, directory);
    }

    /** A stack that keeps its data over {@code down} and {@code up}, with a replica. */
    public static Stack lasting(StackDirectory directory, Ports ports) throws IOException {
        return new Stack(directory, ports, true);
    }

    /** A stack for one test run: quick to start, and nothing it holds needs to survive. */
    public static Stack throwAway(StackDirectory directory, Ports ports) throws IOException {
        return new Stack(directory, ports, false);
    }

    /** Starts what does not run and provisions it; returns when all serve. */
    public void start(Progress progress) throws InterruptedException {
        Parallel.run(List.of(
                () -> {
                    up(postgres, progress);
                    progress.step("postgres", "provisioning");
                    provisionDatabase();
                    progress.ready("postgres");
                    if (lasting) {
                        Parallel.run(List.of(() -> startReplica(progress), () -> startRegistry(progress)));
                    }
                },
                () -> {
                    up(kafka, progress);
                    progress.step("kafka", "creating topics and users");
                    Provisioning.kafka(bootstrapServers(), kafkaPasswords());
                    progress.ready("kafka");
                },
                () -> {
                    up(redis, progress);
                    progress.ready("redis");
                },
                () -> {
                    if (!lasting) {
                        startRegistry(progress);
                    }
                }));
    }

    /** A service has one password here, for Kafka and for its database. */
    private Map<String, String> kafkaPasswords() {
        return Secrets.SCHEMA_OWNERS.stream().collect(Collectors.toMap(owner -> owner, secrets::password));
    }

    private void provisionDatabase() throws IOException, SQLException {
        try (var server = postgresServer.connect("postgres")) {
            Provisioning.server(server, secrets::password);
        }
        try (var database = connect()) {
            Provisioning.roles(database, secrets::password);
        }
    }

    private void startReplica(Progress progress) throws IOException, InterruptedException {
        up(replica, progress);
        progress.ready("replica");
    }

    private void startRegistry(Progress progress) throws IOException, InterruptedException {
        up(registry, progress);
        progress.step("registry", "registering schemas");
        registerSchemas();
        progress.ready("registry");
    }

    /** Registers the catalogue's schemas, which a registry without a database forgets when it stops. */
    public void registerSchemas() throws InterruptedException {
        Provisioning.schemas(new SchemaRegistry(registryUrl()));
    }

    private static void up(ServerProcess process, Progress progress) throws IOException, InterruptedException {
        progress.step(process.server().name(), "starting");
        process.start();
        process.awaitReady(START_TIMEOUT);
    }

    /** Stops everything in good order. */
    public void stop() throws InterruptedException {
        Parallel.run(List.of(
                () -> {
                    registry.stop(STOP_TIMEOUT);
                    replica.stop(STOP_TIMEOUT);
                    postgres.stop(STOP_TIMEOUT);
                },
                () -> kafka.stop(STOP_TIMEOUT),
                () -> redis.stop(STOP_TIMEOUT)));
    }

    /** Every server, in the order people think of them. */
    public List<ServerProcess> servers() {
        return List.of(postgres, replica, kafka, redis, registry);
    }

    /** The server of this name. */
    public ServerProcess server(String name) {
        return servers().stream()
                .filter(process -> process.server().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No server is called " + name));
    }

    /** The primary's data before each restore. */
    public List<Path> beforeRestores() throws IOException {
        return Backups.beforeRestores(directory);
    }

    /** The primary's backups in a directory. */
    public Backups backups(Path root) {
        return new Backups(root, directory, postgresServer, postgres);
    }

    public Secrets secrets() {
        return secrets;
    }

    public String databaseUrl() {
        return postgresServer.url(Provisioning.DATABASE);
    }

    public String replicaUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports.replica() + "/" + Provisioning.DATABASE;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    /** Where Kafka takes users who log in. */
    public String bootstrapServersForUsers() {
        return "127.0.0.1:" + ports.kafkaUsers();
    }

    public String redisUrl() {
        return "redis://127.0.0.1:" + ports.redis();
    }

    /** Where the registry's Confluent-compatible API starts. */
    public URI registryUrl() {
        return registryServer.confluentApi();
    }

    /** The directory of the primary's log. */
    public Path log() {
        return postgresServer.data().resolve("pg_wal");
    }

    /** A superuser's connection to the product's database. */
    public Connection connect() throws SQLException {
        return postgresServer.connect(Provisioning.DATABASE);
    }

    /** The same to the replica. */
    public Connection connectToReplica() throws SQLException {
        return replicaServer.connect(Provisioning.DATABASE);
    }
}
