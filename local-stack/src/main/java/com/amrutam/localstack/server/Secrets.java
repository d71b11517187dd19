package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** Random secrets of one stack, made once and kept beside its data, readable for the owner only. */
public final class Secrets {
    /** The services that own a schema; each has a role of its name, and a {@code _relay} role for its outbox. */
    public static final List<String> SCHEMA_OWNERS = List.of("identity", "doctor", "booking", "notification");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** The secrets in this file, generated now if there is none. */
    static Secrets in(Path file) throws IOException {
        var values = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
        } else {
            generate(values, Secrets::newPassword);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var writer = Files.newBufferedWriter(file)) {
                values.store(writer, "Generated for this local stack only");
            }
        }
        return new Secrets(values);
    }

    /** Secrets for a stack that keeps them elsewhere. */
    public static Secrets fresh() {
        var values = new Properties();
        generate(values, Secrets::newPassword);
        return new Secrets(values);
    }

    /** All of them as environment variables, as the compose files and {@code ./amrutam provision} read them. */
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("KAFKA_CLUSTER_ID", kafkaClusterId());
        environment.put("POSTGRES_PASSWORD", password("postgres"));
        environment.put("REDIS_PASSWORD", newPassword());
        environment.put("GRAFANA_PASSWORD", newPassword());
        for (var role : roles()) {
            environment.put(passwordVariable(role), password(role));
        }
        environment.put(passwordVariable(Provisioning.MONITORING), newPassword());
        environment.put("AMRUTAM_CODES_DIGESTKEY", digestKey());
        environment.put("AMRUTAM_CODES_KEYSET", keyset());
        environment.put("AMRUTAM_IDENTITY_KEYENCRYPTIONKEY", keyEncryptionKey());
        return environment;
    }

    /** The roles that log in to the database, the administrator's apart. */
    public static List<String> roles() {
        return Stream.concat(
                        Stream.of("registry", "replication"),
                        SCHEMA_OWNERS.stream().flatMap(owner -> Stream.of(owner, owner + "_relay")))
                .toList();
    }

    /** The environment variable that holds a role's password. */
    public static String passwordVariable(String role) {
        return "AMRUTAM_PASSWORD_" + role.toUpperCase(Locale.ROOT);
    }

    /** Secrets for one test run. All roles share a password: whichever service is under test, one property serves. */
    static Secrets forTests() {
        var values = new Properties();
        var password = newPassword();
        generate(values, () -> password);
        return new Secrets(values);
    }

    private static void generate(Properties values, Supplier<String> password) {
        values.setProperty("kafka.cluster-id", Uuid.randomUuid().toString());
        values.setProperty("postgres.password", password.get());
        for (var role : roles()) {
            values.setProperty(role + ".password", password.get());
        }
        values.setProperty("codes.digest-key", Base64.getEncoder().encodeToString(random(32)));
        values.setProperty("codes.keyset", Keyset.generate().written());
        values.setProperty("identity.key-encryption-key", Base64.getEncoder().encodeToString(random(32)));
    }

    /** The password of a database role. */
    public String password(String role) {
        return get(role + ".password");
    }

    /** The HMAC key of one-time codes at rest, Base64. */
    public String digestKey() {
        return get("codes.digest-key");
    }

    /** The Tink keyset that encrypts codes in events, Base64 of JSON. */
    public String keyset() {
        return get("codes.keyset");
    }

    /** The key that encrypts identity's private signing keys, Base64. */
    public String keyEncryptionKey() {
        return get("identity.key-encryption-key");
    }

    String kafkaClusterId() {
        return get("kafka.cluster-id");
    }

    private String get(String name) {
        var value = values.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("secrets.properties has no " + name + "; ./amrutam reset starts afresh");
        }
        return value;
    }

    private static String newPassword() {
        return base64Url(random(18));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
