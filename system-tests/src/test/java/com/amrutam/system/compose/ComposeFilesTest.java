package com.amrutam.system.compose;

import static com.amrutam.system.compose.ComposeFiles.BASE;
import static com.amrutam.system.compose.ComposeFiles.MONITORING;
import static com.amrutam.system.compose.ComposeFiles.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.server.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFilesTest {
    private static final List<String> ALL = List.of(BASE, PRODUCTION, MONITORING);
    private static final List<String> OURS = List.of("gateway", "identity", "doctor", "booking", "notification");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)([^}]*)}");
    private static final Pattern SECRET =
            Pattern.compile(".*(PASS|PASSWORD|DIGESTKEY|KEYSET|KEYENCRYPTIONKEY)(_\\w+)?");

    /** Names of a network and of the agent: whoever sets nothing gets one that works. */
    private static final Set<String> WITH_DEFAULTS = Set.of("AMRUTAM_NETWORK", "AMRUTAM_AGENT");

    @Test
    void every_container_has_a_memory_limit_a_pinned_image_and_gains_no_privileges() {
        ComposeFiles.services(ALL).forEach((name, service) -> {
            assertThat(service).as(name).containsKey("mem_limit");
            assertThat(String.valueOf(service.get("image")))
                    .as(name)
                    .matches("[\\w./-]+:.*\\d.*")
                    .doesNotContain("latest");
            assertThat(String.valueOf(service.get("security_opt"))).as(name).contains("no-new-privileges:true");
        });
    }

    @Test
    void our_services_write_nowhere_and_have_no_capabilities() {
        var services = ComposeFiles.services(ALL);
        for (var name : OURS) {
            assertThat(services.get(name))
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .doesNotContainKeys("user", "privileged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, PRODUCTION, MONITORING})
    void secrets_have_no_defaults_and_are_those_the_command_writes(String file) {
        var written = Secrets.fresh().environment().keySet();
        var variables = VARIABLE.matcher(ComposeFiles.text(file)).results().toList();

        assertThat(variables).isNotEmpty().allSatisfy(variable -> {
            if (!WITH_DEFAULTS.contains(variable.group(1))) {
                assertThat(written).contains(variable.group(1));
                assertThat(variable.group(2)).isIn("", ":?run ./amrutam secrets");
            }
        });
        ComposeFiles.services(List.of(file))
                .forEach((name, service) -> ComposeFiles.environment(service).forEach((key, value) -> {
                    if (SECRET.matcher(key).matches()) {
                        assertThat(String.valueOf(value)).as(name + " " + key).matches("\\$\\{\\w+(:\\?[^}]*)?}");
                    }
                }));
    }

    @Test
    void every_setting_is_one_that_the_service_reads() throws IOException {
        var services = ComposeFiles.services(ALL);
        for (var name : OURS) {
            var settings = ServiceSettings.of(name);
            var set = new HashSet<>(ComposeFiles.environment(services.getOrDefault(name, Map.of()))
                    .keySet());
            // The JVM's and its agent's.
            set.removeIf(variable -> variable.startsWith("OTEL_") || variable.equals("JAVA_TOOL_OPTIONS"));

            assertThat(set).as(name).hasSizeGreaterThan(5).allMatch(settings::know);
        }
    }

    @Test
    void every_file_that_is_mounted_is_there() {
        ComposeFiles.services(ALL).forEach((name, service) -> {
            if (service.get("volumes") instanceof List<?> volumes) {
                volumes.stream()
                        .map(String::valueOf)
                        .filter(volume -> volume.startsWith("./"))
                        .map(volume -> Path.of("..", volume.substring(2, volume.indexOf(':'))))
                        .forEach(path -> assertThat(Files.exists(path))
                                .as(name + " mounts " + path)
                                .isTrue());
            }
        });
    }
}
