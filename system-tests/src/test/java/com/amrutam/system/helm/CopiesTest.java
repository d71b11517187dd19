package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

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
}
