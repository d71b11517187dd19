package com.amrutam.system.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every alert is sound, was seen firing and silent, and tells whom it wakes what to do. */
class RulesTest {
    /** In our runbooks only panels and dashboards are in italics. */
    private static final Pattern PANEL = Pattern.compile("(?<!\\*)\\*([A-Z][^*\\n]+)\\*(?!\\*)");

    private static final Pattern LINK = Pattern.compile("]\\(((?!http)[^)#]+)(?:#([^)]+))?\\)");

    @Test
    void promtool_accepts_the_rules_and_their_tests_pass() throws IOException, InterruptedException {
        promtool("check rules", Monitoring.ruleFiles());
        promtool("test rules", Monitoring.ruleTests());
    }

    @Test
    void every_alert_is_tested_firing_and_silent() throws IOException {
        var fired = new HashSet<String>();
        var silent = new HashSet<String>();
        for (var file : Monitoring.ruleTests()) {
            for (var test : Monitoring.yaml(file).path("tests")) {
                for (var expectation : test.path("alert_rule_test")) {
                    (expectation.path("exp_alerts").isEmpty() ? silent : fired)
                            .add(expectation.path("alertname").asText());
                }
            }
        }
        var alerts = names(Monitoring.alerts());
        assertThat(alerts).isNotEmpty();
        assertThat(fired).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void every_alert_says_how_urgent_it_is_and_leads_to_a_runbook_section_that_exists() throws IOException {
        for (var alert : Monitoring.alerts()) {
            var name = alert.path("alert").asText();
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
            assertThat(alert.path("annotations").path("summary").asText())
                    .as(name)
                    .isNotBlank();
            var runbook = alert.path("annotations").path("runbook_url").asText().split("#", 2);
            assertThat(runbook).as(name).hasSize(2);
            var page = RunningSystem.repository().resolve(runbook[0]);
            assertThat(page).as(name).isRegularFile();
            assertThat(anchors(page)).as(name).contains(runbook[1]);
            assertThat(Files.readString(RunningSystem.repository().resolve("docs/runbooks/README.md")))
                    .as("index of runbooks")
                    .contains(name);
        }
    }

    @Test
    void a_runbook_names_panels_and_pages_that_exist() throws IOException {
        var titles = new HashSet<String>();
        for (var dashboard : Monitoring.dashboards().values()) {
            titles.add(dashboard.path("title").asText());
            titles.addAll(dashboard.path("panels").findValuesAsText("title"));
        }
        for (var page : runbooks()) {
            var text = Files.readString(page);
            for (var panel : PANEL.matcher(text).results().toList()) {
                assertThat(titles)
                        .as(page.getFileName().toString())
                        .anyMatch(title -> title.startsWith(Objects.requireNonNull(panel.group(1))));
            }
            for (var link : LINK.matcher(text).results().toList()) {
                var target = page.resolveSibling(Objects.requireNonNull(link.group(1)));
                assertThat(target).as(page.getFileName().toString()).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target)).as(page + " to " + target).contains(link.group(2));
                }
            }
        }
    }

    private static List<Path> runbooks() throws IOException {
        try (var pages = Files.list(RunningSystem.repository().resolve("docs/runbooks"))) {
            return pages.toList();
        }
    }

    private static List<String> names(List<JsonNode> alerts) {
        return alerts.stream().map(alert -> alert.path("alert").asText()).toList();
    }

    /** As Git hosts make them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static void promtool(String subcommand, List<Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(subcommand.split(" ")));
        command.addAll(files.stream().map(Path::toString).collect(Collectors.toList()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = process.inputReader().readAllAsString();
        assertThat(process.waitFor()).as(output).isZero();
    }
}
