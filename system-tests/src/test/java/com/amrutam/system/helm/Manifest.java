package com.amrutam.system.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** One object as it would be sent to Kubernetes. */
record Manifest(JsonNode content) {
    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());
    private static final JsonMapper MERGING =
            JsonMapper.builder().defaultMergeable(true).build();

    /** @param yaml documents, as Helm prints them */
    static List<Manifest> parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            var manifests = new ArrayList<Manifest>();
            documents.forEachRemaining(document -> {
                if (document.isObject()) {
                    manifests.add(new Manifest(document));
                }
            });
            return manifests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, JsonNode content) {
        try {
            YAML.writeValue(file.toFile(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Helm makes of a chart's values and an operator's. */
    static JsonNode merge(JsonNode defaults, JsonNode values) {
        try {
            return MERGING.readerForUpdating(defaults.deepCopy()).readValue(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest only(List<Manifest> manifests, Predicate<Manifest> wanted) {
        var found = manifests.stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new AssertionError("Not one but " + found);
        }
        return found.getFirst();
    }

    String apiVersion() {
        return content.path("apiVersion").asText();
    }

    String kind() {
        return content.path("kind").asText();
    }

    String name() {
        return content.path("metadata").path("name").asText();
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    JsonNode spec() {
        return content.path("spec");
    }

    JsonNode labels() {
        return content.path("metadata").path("labels");
    }

    /** The pods it makes, or is: metadata and spec. */
    Optional<JsonNode> pod() {
        return switch (kind()) {
            case "Pod" -> Optional.of(content);
            case "Deployment", "StatefulSet", "Job" -> Optional.of(spec().path("template"));
            default -> Optional.empty();
        };
    }

    /** The containers of its pods. */
    List<JsonNode> containers() {
        return pod().map(pod -> StreamSupport.stream(
                                pod.path("spec").path("containers").spliterator(), false)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
