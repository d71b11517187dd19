package com.amrutam.localstack.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One Kafka broker that is its own KRaft controller. */
final class KafkaBroker implements Server {
    static final String LOGGING = "com/amrutam/localstack/server/broker-logging.xml";

    private final int port;
    private final int usersPort;
    private final int controllerPort;
    private final Path data;
    private final String clusterId;
    private final boolean isLasting;
    private final Supplier<List<String>> startUp;

    /**
     * @param isLasting whether it serves for long
     * @param startUp options that let the JVM start faster
     */
    private KafkaBroker(
            Ports ports, StackDirectory directory, Secrets secrets, boolean isLasting, Supplier<List<String>> startUp) {
        this.isLasting = isLasting;
        this.startUp = startUp;
        this.port = ports.kafka();
        this.usersPort = ports.kafkaUsers();
        this.controllerPort = ports.kafkaController();
        this.data = directory.data("kafka");
        this.clusterId = secrets.kafkaClusterId();
    }

    /**
     * @param isLasting whether it serves for long, so that a missing start-up cache is worth making now
     */
    static KafkaBroker of(Ports ports, StackDirectory directory, Secrets secrets, boolean isLasting) {
        return new KafkaBroker(ports, directory, secrets, isLasting, () -> startUpCache(isLasting));
    }

    private static List<String> startUpCache(boolean isMade) {
        var ports = Ports.free();
        return StartUpCache.ofMachine(
                "kafka-" + Integer.toHexString(classPath().hashCode()),
                isMade,
                directory -> new KafkaBroker(ports, directory, Secrets.forTests(), false, List::of),
                () -> Provisioning.kafka("127.0.0.1:" + ports.kafka(), Map.of("trainee", "of no use to anybody")));
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Launch prepare() throws IOException {
        Directories.createPrivate(data);
        var configuration = data.resolve("server.properties");
        Files.writeString(configuration, properties());
        var command = new ArrayList<>(List.of(
                Server.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlog4j2.configurationFile=classpath:" + LOGGING));
        if (!isLasting) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(startUp.get());
        command.addAll(List.of("-cp", classPath(), KafkaMain.class.getName(), configuration.toString(), clusterId));
        return new Launch(command, Map.of());
    }

    @Override
    public boolean isReady() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                # Whoever is on this machine may do everything; who logs in, what the rules allow. The services log in.
                listeners=PLAINTEXT://127.0.0.1:%1$d,USERS://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,USERS://127.0.0.1:%4$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,USERS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
                listener.name.users.sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.users.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                log.dirs=%3$s
                # Topics come from the catalogue; a misspelt one must fail.
                auto.create.topics.enable=false
                # One broker: internal topics cannot have more copies, and need not be spread.
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                # Nobody else is coming: consumers get their partitions at once.
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(port, controllerPort, data.resolve("log"), usersPort);
    }

    private static String classPath() {
        return Stream.concat(Stream.of(MachineCache.broker()), Artefacts.jars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
