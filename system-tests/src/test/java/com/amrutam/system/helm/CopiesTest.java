package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A chart holds what it needs within itself. What it has from elsewhere is the same as there. */
class CopiesTest {
    @Test
    void roles_and_schemas_are_those_of_every_other_installation() {
        // In a cluster passwords come from Secrets.
        var everywhere = Charts.text("local-stack/src/main/resources/com/amrutam/localstack/server/provision.sql")
                .replaceAll(" password '\\$\\{[^}]+}'", "");

        assertThat(Charts.text("helm/amrutam-infrastructure/files/roles.sql"))
                .as("copy provision.sql, without its passwords, to helm/amrutam-infrastructure/files/roles.sql")
                .isEqualTo(everywhere);
    }

    @Test
    void alerts_are_those_of_monitoring() throws IOException {
        var source = read(Path.of("monitoring", "prometheus", "rules"));

        assertThat(source).isNotEmpty();
        assertThat(read(Path.of("helm", "amrutam", "rules")))
                .as("cp monitoring/prometheus/rules/*.yml helm/amrutam/rules/")
                .isEqualTo(source);
    }

    private static Map<String, String> read(Path directory) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(Charts.ROOT.resolve(directory))) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
