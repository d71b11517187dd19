package com.amrutam.localstack.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The five services on top of a stack, each with the environment it gets. */
public final class Services {
    public static final int GATEWAY_PORT = 8080;
    public static final int IDENTITY_PORT = 8081;
    public static final int DOCTOR_PORT = 8082;
    public static final int BOOKING_PORT = 8083;
    public static final int NOTIFICATION_PORT = 8084;
    /** The ADMIN that identity-service creates. */
    public static final String ADMIN_PHONE = "+910000000001";

    private static final int HEAP_MEBIBYTES = 192;

    private final Stack stack;
    private final StackDirectory directory;
    private final Path repository;
    private final Progress progress;

    private Services(Stack stack, StackDirectory directory, Path repository, Progress progress) {
        this.stack = stack;
        this.directory = directory;
        this.repository = repository;
        this.progress = progress;
    }

    /**
     * The processes of all services, running or not.
     *
     * @param repository the root of our repository, where Maven left the jars
     */
    public static List<ServerProcess> of(Stack stack, StackDirectory directory, Path repository, Progress progress) {
        var services = new Services(stack, directory, repository, progress);
        return List.of(
                services.process("identity", IDENTITY_PORT, services.identity()),
                services.process("doctor", DOCTOR_PORT, services.owner("doctor")),
                services.process("booking", BOOKING_PORT, services.owner("booking")),
                services.process("notification", NOTIFICATION_PORT, services.owner("notification")),
                services.process("gateway", GATEWAY_PORT, services.gateway()));
    }

    private ServerProcess process(String name, int port, Map<String, String> environment) {
        var jar = repository.resolve(name + "-service/target/" + name + "-service-1.0.0-SNAPSHOT.jar");
        return new ServerProcess(
                new Service(name, port, HEAP_MEBIBYTES, jar, directory, environment, progress), directory);
    }

    /** What every service is given. */
    private Map<String, String> common() {
        var environment = new HashMap<String, String>();
        environment.put("SPRING_PROFILES_ACTIVE", "local");
        environment.put("AMRUTAM_SECURITY_JWKSETURI", url(IDENTITY_PORT) + "/.well-known/jwks.json");
        environment.put("SPRING_DATA_REDIS_URL", stack.redisUrl());
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
        environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", stack.bootstrapServers());
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

    private Map<String, String> gateway() {
        var environment = common();
        environment.put("AMRUTAM_GATEWAY_SERVICES_IDENTITY", url(IDENTITY_PORT));
        environment.put("AMRUTAM_GATEWAY_SERVICES_DOCTOR", url(DOCTOR_PORT));
        environment.put("AMRUTAM_GATEWAY_SERVICES_BOOKING", url(BOOKING_PORT));
        environment.put("AMRUTAM_GATEWAY_SERVICES_NOTIFICATION", url(NOTIFICATION_PORT));
        return environment;
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
