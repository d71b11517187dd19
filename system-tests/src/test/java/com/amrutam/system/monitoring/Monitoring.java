package com.amrutam.system.monitoring;

import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in the directory {@code monitoring}. */
final class Monitoring {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private Monitoring() {}

    /** @param where file and panel, for whoever has to mend it */
    record Query(String where, String expression) {}

    static Path directory() {
        return RunningSystem.repository().resolve("monitoring");
    }

    static List<Path> ruleFiles() throws IOException {
        return files("prometheus/rules", ".yml");
    }

    static List<Path> ruleTests() throws IOException {
        return files("prometheus/tests", ".yml");
    }

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** Every rule, recording or alerting. */
    static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var file : ruleFiles()) {
            yaml(file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        }
        return rules;
    }

    static List<JsonNode> alerts() throws IOException {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static List<Query> ruleQueries() throws IOException {
        return rules().stream()
                .map(rule -> new Query(
                        rule.path("alert").asText(rule.path("record").asText()),
                        rule.path("expr").asText()))
                .toList();
    }

    /** The dashboards by file name. */
    static Map<String, JsonNode> dashboards() throws IOException {
        var dashboards = new TreeMap<String, JsonNode>();
        for (var file : files("grafana/dashboards", ".json")) {
            dashboards.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
        }
        return dashboards;
    }

    /** The dashboards' queries, with what Grafana puts in for its variables. */
    static List<Query> dashboardQueries() throws IOException {
        var queries = new ArrayList<Query>();
        dashboards()
                .forEach((file, dashboard) -> dashboard
                        .path("panels")
                        .forEach(panel -> panel.path("targets")
                                .forEach(target -> queries.add(new Query(
                                        file + ": " + panel.path("title").asText(),
                                        target.path("expr")
                                                .asText()
                                                .replace("$__rate_interval", "1m")
                                                .replace("$__range", "10m")
                                                .replace("$application", ".+"))))));
        return queries;
    }

    /** The metrics that our services do not tell, with the labels they have. */
    static Map<String, Set<String>> exporterMetrics() throws IOException {
        return Files.readAllLines(directory().resolve("exporter-metrics.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" ")))
                .collect(Collectors.toMap(List::getFirst, words -> Set.copyOf(words.subList(1, words.size()))));
    }

    private static List<Path> files(String subdirectory, String ending) throws IOException {
        try (var files = Files.list(directory().resolve(subdirectory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
