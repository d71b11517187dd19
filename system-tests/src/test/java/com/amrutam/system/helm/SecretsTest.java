package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Secret that pods and operators look for is one the script makes, or one that is named in the documentation. */
class SecretsTest {
    /** Strimzi's, and those of other people's servers. */
    private static final Set<String> OTHERS = Set.of(
            "amrutam-kafka-cluster-ca-cert",
            "amrutam-identity",
            "amrutam-doctor",
            "amrutam-booking",
            "amrutam-notification",
            "amrutam-provision",
            "amrutam-backup",
            "amrutam-mail");

    @Test
    void the_script_makes_what_is_looked_for(@TempDir Path directory) throws IOException, InterruptedException {
        var wanted = new TreeSet<String>();
        for (var manifest : Charts.everything("production")) {
            collect(manifest.content(), wanted);
        }
        wanted.removeIf(key -> OTHERS.contains(key.substring(0, key.indexOf(' '))));

        var made = new TreeSet<String>();
        for (var secret : secrets(directory)) {
            secret.content()
                    .path("stringData")
                    .fieldNames()
                    .forEachRemaining(key -> made.add(secret.name() + " " + key));
        }

        assertThat(made).isEqualTo(wanted);
    }

    private static List<Manifest> secrets(Path directory) throws IOException, InterruptedException {
        var variables = List.of("IDENTITY", "DOCTOR", "BOOKING", "NOTIFICATION").stream()
                .map(role -> "AMRUTAM_PASSWORD_%1$s=x\nAMRUTAM_PASSWORD_%1$s_RELAY=x\n".formatted(role))
                .collect(Collectors.joining());
        var file = Files.writeString(directory.resolve("amrutam.env"), variables + """
                        AMRUTAM_PASSWORD_REGISTRY=x
                        AMRUTAM_CODES_DIGESTKEY=x
                        AMRUTAM_CODES_KEYSET=x
                        AMRUTAM_IDENTITY_KEYENCRYPTIONKEY=x
                        REDIS_PASSWORD=x
                        """);
        var process = new ProcessBuilder(Charts.ROOT.resolve("helm/secrets.sh").toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Manifest.parse(output);
    }

    /** References to keys of Secrets, wherever they are; a role's Secret has user and password. */
    private static void collect(JsonNode node, Set<String> keys) {
        for (var reference : List.of("secretKeyRef", "accessKeyId", "secretAccessKey")) {
            if (node.has(reference)) {
                keys.add(node.path(reference).path("name").asText() + " "
                        + node.path(reference).path("key").asText());
            }
        }
        if (node.has("passwordSecret")) {
            var name = node.path("passwordSecret").path("name").asText();
            keys.add(name + " username");
            keys.add(name + " password");
        }
        node.forEach(child -> collect(child, keys));
    }
}
