package com.amrutam.kit.openapi;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The file {@code openapi-examples.yml} of a service: under {@code operations} by operation id the {@code request} body, the
 * {@code response} body of a success and {@code parameters} by name; under {@code problems} by code the members that a
 * problem has besides the common ones.
 */
final class Examples {
    private static final String FILE = "/openapi-examples.yml";

    private final Map<String, Map<String, Object>> operations;
    private final Map<String, Map<String, Object>> problems;

    private Examples(Map<String, Object> file) {
        this.operations = byName(file, "operations");
        this.problems = byName(file, "problems");
    }

    static Examples read() {
        try (var file = Examples.class.getResourceAsStream(FILE)) {
            return new Examples(
                    file == null ? Map.of() : new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    private static Map<String, Map<String, Object>> byName(Map<String, Object> file, String section) {
        return members(file.get(section)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> members(entry.getValue())));
    }

    private static Map<String, Object> members(@Nullable Object node) {
        return node instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue))
                : Map.of();
    }

    @Nullable
    Object request(String operationId) {
        return of(operationId).get("request");
    }

    @Nullable
    Object response(String operationId) {
        return of(operationId).get("response");
    }

    Map<String, Object> parameters(String operationId) {
        return members(of(operationId).get("parameters"));
    }

    Map<String, Object> membersOf(String code) {
        return problems.getOrDefault(code, Map.of());
    }

    private Map<String, Object> of(String operationId) {
        return operations.getOrDefault(operationId, Map.of());
    }
}
