package com.amrutam.system.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.zip.ZipInputStream;

/** What a packaged service can be told by the environment, from the descriptions its own jar, the kit's and Spring Boot's carry. */
final class ServiceSettings {
    private static final String DESCRIPTION = "META-INF/spring-configuration-metadata.json";

    private final List<Setting> settings = new ArrayList<>();

    /** @param isOpen whether names of the user's own follow, as in a map */
    private record Setting(String variable, boolean isOpen) {}

    private ServiceSettings() {}

    static ServiceSettings of(String service) throws IOException {
        var settings = new ServiceSettings();
        var path = Path.of("..", service + "-service", "target", service + "-service-1.0.0-SNAPSHOT.jar");
        try (var jar = new JarFile(path.toFile())) {
            for (var entry : jar.stream().toList()) {
                if (entry.getName().endsWith(DESCRIPTION)) {
                    settings.read(jar.getInputStream(entry));
                } else if (entry.getName().matches("BOOT-INF/lib/(service-kit|spring-boot).*")) {
                    settings.readLibrary(jar.getInputStream(entry));
                }
            }
        }
        return settings;
    }

    boolean know(String variable) {
        return settings.stream()
                .anyMatch(setting -> setting.variable().equals(variable)
                        || (setting.isOpen() && variable.startsWith(setting.variable() + '_')));
    }

    private void readLibrary(InputStream jar) throws IOException {
        try (var entries = new ZipInputStream(jar)) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(DESCRIPTION)) {
                    read(new ByteArrayInputStream(entries.readAllBytes()));
                }
            }
        }
    }

    private void read(InputStream description) throws IOException {
        for (JsonNode property : new ObjectMapper().readTree(description).path("properties")) {
            var variable = property.path("name")
                    .asText()
                    .replace("-", "")
                    .replace('.', '_')
                    .toUpperCase(Locale.ROOT);
            settings.add(new Setting(variable, property.path("type").asText().startsWith("java.util.Map")));
        }
    }
}
