package com.amrutam.system.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Compose files laid over each other as Compose does it: maps are merged, anything else is replaced. */
final class ComposeFiles {
    static final String BASE = "docker-compose.yml";
    static final String PRODUCTION = "docker-compose.production.yml";
    static final String MONITORING = "docker-compose.monitoring.yml";

    private static final Path ROOT = Path.of("..");

    private ComposeFiles() {}

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The containers by their names. */
    static Map<String, Map<String, Object>> services(List<String> files) {
        var services = new LinkedHashMap<String, Map<String, Object>>();
        for (var file : files) {
            map(map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file)))
                            .get("services"))
                    .forEach((name, service) -> services.merge(name, map(service), ComposeFiles::over));
        }
        return services;
    }

    static Map<String, Object> environment(Map<String, Object> service) {
        return service.containsKey("environment") ? map(service.get("environment")) : Map.of();
    }

    private static Map<String, Object> over(Map<String, Object> lower, Map<String, Object> upper) {
        var merged = new LinkedHashMap<>(lower);
        upper.forEach((key, value) -> merged.merge(
                key,
                value,
                (one, other) -> one instanceof Map && other instanceof Map ? over(map(one), map(other)) : other));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object yaml) {
        return (Map<String, Object>) Objects.requireNonNull(yaml);
    }
}
