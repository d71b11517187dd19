package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The five services on top of a stack, each with the environment it gets. */
public final class Services {
    /** The ADMIN that identity-service creates. */
    public static final String ADMIN_PHONE = "+910000000001";

    /**
     * What a container of 512 MiB has. A third of it is in use for good; with little more than that, load has the old
     * generation collected over and over.
     */
    private static final List<String> HEAP = List.of("-Xmx256m");
    /**
     * Requests that wait for a slower service wait in the gateway's memory, and are young: the more of it is for them, the
     * fewer are copied.
     */
    private static final List<String> GATEWAY_HEAP = List.of("-Xmx384m", "-Xmn192m");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(180);

    private final Stack stack;
    private final StackDirectory directory;
    private final Path repository;
    private final ServicePorts ports;
    private final Progress progress;
    private final boolean cached;
    private final String suffix;
    private final Map<String, String> extras;

    private Services(
            Stack stack,
            StackDirectory directory,
            Path repository,
            ServicePorts ports,
            Progress progress,
            boolean cached,
            String suffix,
            Map<String, String> extras) {
        this.stack = stack;
        this.directory = directory;
        this.repository = repository;
        this.ports = ports;
        this.progress = progress;
        this.cached = cached;
        this.suffix = suffix;
        this.extras = extras;
    }

    /**
     * The processes of all services, running or not. Each takes half a minute for its start-up cache once per build, and
     * starts in a third of the time from then on.
     *
     * @param repository the root of our repository, where Maven left the jars
     */
    public static List<ServerProcess> of(
            Stack stack, StackDirectory directory, Path repository, ServicePorts ports, Progress progress) {
        return new Services(stack, directory, repository, ports, progress, true, "", Map.of()).all();
    }

    /** The same for a single start, which no cache would make good. */
    public static List<ServerProcess> forOnce(
            Stack stack, StackDirectory directory, Path repository, ServicePorts ports) {
        return new Services(stack, directory, repository, ports, Progress.NONE, false, "", Map.of()).all();
    }

    /**
     * Another instance of each service but the gateway, beside the first ones of the same directory, whose unpacked jars
     * and start-up caches they share.
     *
     * @param suffix tells them from the first ones: {@code -2} makes {@code booking-2}
     * @param extras environment that replaces what the first ones have
     * @param isForLong whether they are compiled like the first ones, rather than start sooner
     */
    public static List<ServerProcess> beside(
            Stack stack,
            StackDirectory directory,
            Path repository,
            ServicePorts ports,
            String suffix,
            Map<String, String> extras,
            boolean isForLong) {
        return new Services(stack, directory, repository, ports, Progress.NONE, isForLong, suffix, extras).owners();
    }

    /**
     * A gateway in front of several instances of each service.
     *
     * @param suffix tells it from others of the same directory
     * @param port where it listens
     * @param instances where the instances of the services do
     * @param isForLong whether it is compiled like the one of the stack, rather than starts sooner
     */
    public static ServerProcess gateway(
            Stack stack,
            StackDirectory directory,
            Path repository,
            String suffix,
            int port,
            List<ServicePorts> instances,
            boolean isForLong) {
        var services = new Services(
                stack, directory, repository, instances.getFirst(), Progress.NONE, isForLong, suffix, Map.of());
        return services.process("gateway", port, services.gateway(instances));
    }

    private Map<String, String> gateway(List<ServicePorts> instances) {
        var environment = common();
        environment.put("AMRUTAM_GATEWAY_SERVICES_IDENTITY", urls(instances, ServicePorts::identity));
        environment.put("AMRUTAM_GATEWAY_SERVICES_DOCTOR", urls(instances, ServicePorts::doctor));
        environment.put("AMRUTAM_GATEWAY_SERVICES_BOOKING", urls(instances, ServicePorts::booking));
        environment.put("AMRUTAM_GATEWAY_SERVICES_NOTIFICATION", urls(instances, ServicePorts::notification));
        return environment;
    }

    private static String urls(List<ServicePorts> instances, ToIntFunction<ServicePorts> port) {
        return instances.stream().map(ports -> url(port.applyAsInt(ports))).collect(Collectors.joining(","));
    }

    private List<ServerProcess> all() {
        return Stream.concat(owners().stream(), Stream.of(gatewayWithMetrics())).toList();
    }

    private List<ServerProcess> owners() {
        return List.of(
                process("identity", ports.identity(), identity()),
                process("doctor", ports.doctor(), owner("doctor")),
                process("booking", ports.booking(), owner("booking")),
                process("notification", ports.notification(), owner("notification")));
    }

    private ServerProcess gatewayWithMetrics() {
        var environment = gateway(List.of(ports));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.gatewayManagement()));
        environment.put("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,prometheus");
        return process("gateway", ports.gateway(), ports.gatewayManagement(), environment);
    }

    /** Starts those that do not run, one more at a time than there are processors: each also waits a little. */
    public static void start(List<ServerProcess> services, Progress progress) throws IOException, InterruptedException {
        Parallel.run(
                1 + Runtime.getRuntime().availableProcessors(),
                services.stream()
                        .<Parallel.Task>map(service -> () -> start(service, progress))
                        .toList());
    }

    private static void start(ServerProcess service, Progress progress) throws IOException, InterruptedException {
        progress.step(service.server().name(), "starting");
        service.start();
        service.awaitReady(START_TIMEOUT);
        progress.ready(service.server().name());
    }

    private ServerProcess process(String name, int port, Map<String, String> environment) {
        return process(name, port, port, environment);
    }

    private ServerProcess process(String name, int port, int managementPort, Map<String, String> environment) {
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.putAll(extras);
        var jar = repository.resolve(name + "-service/target/" + name + "-service-1.0.0-SNAPSHOT.jar");
        return new ServerProcess(
                new Service(
                        name + suffix,
                        name,
                        port,
                        managementPort,
                        name.equals("gateway") ? GATEWAY_HEAP : HEAP,
                        jar,
                        directory,
                        environment,
                        progress,
                        cached),
                directory);
    }

    /** What every service is given. */
    private Map<String, String> common() {
        var environment = new HashMap<String, String>();
        environment.put("SPRING_PROFILES_ACTIVE", "local");
        environment.put("AMRUTAM_SECURITY_JWKSETURI", url(ports.identity()) + "/.well-known/jwks.json");
        environment.put("AMRUTAM_REDIS_URL", stack.redisUrl());
        return environment;
    }

    /** What a service with a schema of its own is given. */
    private Map<String, String> owner(String name) {
        var secrets = stack.secrets();
        var environment = common();
        environment.put("AMRUTAM_DATASOURCE_URL", stack.databaseUrl());
        environment.put("AMRUTAM_DATASOURCE_REPLICAURL", stack.replicaUrl());
        environment.put("AMRUTAM_DATASOURCE_PASSWORD", secrets.password(name));
        environment.put("AMRUTAM_OUTBOX_RELAY_PASSWORD", secrets.password(name + "_relay"));
        environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", stack.bootstrapServersForUsers());
        KafkaUsers.login(name, secrets.password(name))
                .forEach((setting, value) -> environment.put(
                        "SPRING_KAFKA_PROPERTIES_" + setting.replace('.', '_').toUpperCase(Locale.ROOT), value));
        environment.put("AMRUTAM_SCHEMAREGISTRY_URL", stack.registryUrl().toString());
        environment.put("AMRUTAM_CODES_DIGESTKEY", secrets.digestKey());
        environment.put("AMRUTAM_CODES_KEYSET", secrets.keyset());
        return environment;
    }

    private Map<String, String> identity() {
        var environment = owner("identity");
        environment.put("AMRUTAM_IDENTITY_KEYENCRYPTIONKEY", stack.secrets().keyEncryptionKey());
        environment.put("AMRUTAM_IDENTITY_ADMINPHONE", ADMIN_PHONE);
        return environment;
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
