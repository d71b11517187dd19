package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that is unknown or wrong stops Helm before anything is changed, with a message that names it. */
class WrongValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    booking.autoscaling.maxReplica      | 5            | booking: '/autoscaling' 'maxReplica'
                    bookings.replicas                   | 5            | amrutam: 'bookings'
                    booking.replicas                    | three        | booking: '/replicas'
                    booking.service                     | gateway      | '/booking/service'
                    booking.autoscaling.cpuPercent      | 170          | booking: '/autoscaling/cpuPercent'
                    booking.autoscaling.minReplicas     | 21           | autoscaling.minReplicas (21) is above autoscaling.maxReplicas (20)
                    booking.image.tag                   | latest       | booking: '/image/tag'
                    global.image.tag                    | latest       | '/global/image/tag'
                    global.postgres.host                | jdbc:x       | '/global/postgres/host'
                    global.postgres.host                | ""           | global.postgres.host is needed by
                    global.kafka.bootstrapServers       | kafka        | '/global/kafka/bootstrapServers'
                    global.kafka.bootstrapServers       | ""           | global.kafka.bootstrapServers is needed by
                    global.kafka.securityProtocol       | SASL         | '/global/kafka/securityProtocol'
                    global.schemaRegistry.url           | registry     | '/global/schemaRegistry/url'
                    global.redis.sentinels[0]           | redis        | '/global/redis/sentinels/0'
                    global.podNetworks[0]               | everywhere   | '/global/podNetworks/0'
                    global.tracing.sampleRatio          | 2            | '/global/tracing/sampleRatio'
                    booking.settings.SPRING_MAIL_PASSWORD | x          | booking: 'SPRING_MAIL_PASSWORD'
                    booking.settings.amrutam            | x            | booking: 'amrutam'
                    booking.ingress.enabled             | true         | ingress.enabled is for the gateway alone
                    gateway.autoscaling.consumerLag.enabled | true     | autoscaling.consumerLag.enabled is not for gateway
                    booking.terminationGracePeriodSeconds | 10         | booking: '/terminationGracePeriodSeconds'
                    booking.resources.limits.memory     | lots         | booking: '/resources/limits/memory'
                    """)
    void of_the_services(String value, String wrong, String message) {
        var template = Charts.all("production").set(value, wrong);

        assertThatThrownBy(template::call).satisfies(e -> assertNames(e, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    postgres.replicas                   | 3            | '/postgres' 'replicas'
                    postgres.instances                  | 0            | '/postgres/instances'
                    postgres.image                      | postgres     | '/postgres/image'
                    postgres.backup.destinationPath     | ""           | postgres.backup.destinationPath is needed
                    postgres.backup.destinationPath     | /backup      | '/postgres/backup/destinationPath'
                    postgres.backup.retention           | forever      | '/postgres/backup/retention'
                    kafka.controllers                   | 2            | '/kafka/controllers'
                    redis.replicas                      | 2            | '/redis/replicas'
                    """)
    void of_the_infrastructure(String value, String wrong, String message) {
        var template = Charts.template("amrutam-infrastructure", "amrutam-infrastructure")
                .withValuesFile(Charts.values("infrastructure-production"))
                .set(value, wrong);

        assertThatThrownBy(template::call).satisfies(e -> assertNames(e, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    amrutam                | production                | global.postgres.peers       | global.postgres.peers is needed while global.networkPolicy.enabled is true
                    amrutam                | production                | global.monitoring.peers     | global.monitoring.peers is needed while global.networkPolicy.enabled is true
                    amrutam                | production                | gateway.httpRoute.hostnames | httpRoute.hostnames is needed
                    amrutam-infrastructure | infrastructure-production | networkPolicy.operatorPeers | networkPolicy.operatorPeers is needed while networkPolicy.enabled is true
                    """)
    void what_is_left_empty_but_needed_is_asked_for(
            String chart, String environment, String value, String message, @TempDir Path directory)
            throws IOException {
        var file = Files.writeString(
                directory.resolve("empty.yaml"),
                "{" + value.replace(".", ": {") + ": []" + "}".repeat(value.split("\\.").length));
        var template = Charts.template("amrutam", chart)
                .withValuesFile(Charts.values(environment))
                .withValuesFile(file);

        assertThatThrownBy(template::call).hasMessageContaining(message);
    }

    /** The schema's messages have words of their own between the names. */
    private static void assertNames(Throwable refusal, String names) {
        var message = assertThat(refusal.getMessage());
        if (names.contains("'")) {
            for (var name : names.split(" ")) {
                message.contains(name);
            }
        } else {
            message.contains(names);
        }
    }
}
