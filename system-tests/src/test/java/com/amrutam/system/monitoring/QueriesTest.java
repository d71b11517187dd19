package com.amrutam.system.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an alert or a panel asks for is there on the running system, under a real Prometheus. */
@ExtendWith(RunningSystem.class)
class QueriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SCRAPE = Duration.ofSeconds(2);

    /** What is there only once something is amiss; the metric and its labels must be there all the same. */
    private static final Set<String> ONLY_IN_TROUBLE = Set.of(
            "http_server_requests_seconds_count{application=\"gateway\",uri!~\"/actuator.*|/health\",status=~\"5..\"}",
            "http_requests_total{application=\"gateway\",uri!~\"/actuator.*|/health\",status=~\"5..\"}",
            "http_requests_total{application=~\".+\",status=~\"5..\"}",
            "amrutam_refusals_total{application=\"gateway\",code=\"too-many-requests\"}",
            "tasks_scheduled_execution_seconds_count{outcome=\"ERROR\"}",
            "tasks_scheduled_execution_seconds_count{outcome=\"ERROR\",application=~\".+\"}");

    /** Providers of SMS do not exist in the local profile. */
    private static final Set<String> NOT_HERE =
            Set.of("amrutam_provider_open", "amrutam_provider_answers_total", "ALERTS");

    private static Prometheus prometheus;

    @BeforeAll
    static void a_day_in_small(@TempDir Path directory) throws Exception {
        prometheus = Prometheus.start(directory);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                prometheus.query("max_over_time(up[1m]) == 1").findValuesAsText("job"))
                        .containsExactlyInAnyOrderElementsOf(
                                RunningSystem.services().metrics().keySet()));
        var patient = Visit.patient();
        var slot = Visit.slot(patient);
        var begun = Instant.now();
        var lock = Visit.hold(patient, slot).expect(201);
        var code = patient.awaitMessage("BOOKING_CODE", begun).code();
        Visit.confirm(patient, lock, code.equals("000000") ? "000001" : "000000")
                .expect(422);
        var appointment = Visit.confirm(patient, lock, code).expect(201);
        patient.awaitMessage("APPOINTMENT_BOOKED", begun);
        patient.api()
                .post("/api/v1/appointments/" + appointment.text("id") + "/cancel", Map.of("reason", "Recovered"))
                .expect(200);
        patient.awaitMessage("APPOINTMENT_CANCELLED", begun);
    }

    @AfterAll
    static void stop() {
        prometheus.close();
    }

    @Test
    void every_metric_and_label_of_every_query_is_exposed() {
        await().atMost(PATIENCE)
                .pollInterval(SCRAPE)
                .untilAsserted(() -> assertThat(missing()).isEmpty());
    }

    @Test
    void every_panel_shows_something() {
        await().atMost(PATIENCE)
                .pollInterval(SCRAPE)
                .untilAsserted(() -> assertThat(emptyPanels()).isEmpty());
    }

    private static List<String> missing() throws IOException {
        var elsewhere = Monitoring.exporterMetrics();
        var missing = new ArrayList<String>();
        var queries = Stream.concat(Monitoring.ruleQueries().stream(), Monitoring.dashboardQueries().stream())
                .toList();
        assertThat(queries).hasSizeGreaterThan(100);
        for (var query : queries) {
            var asked = Selectors.of(query.expression());
            assertThat(asked.series()).as(query.where()).isNotEmpty();
            var ours = asked.series().stream()
                    .filter(selector ->
                            !NOT_HERE.contains(selector.metric()) && !elsewhere.containsKey(selector.metric()))
                    .toList();
            for (var selector : ours) {
                var wanted = ONLY_IN_TROUBLE.contains(selector.toString()) ? selector.anyValue() : selector;
                if (prometheus.query(wanted.toString()).isEmpty()) {
                    missing.add(query.where() + ": nothing is " + wanted);
                }
            }
            var names = ours.stream().map(Selectors.Selector::metric).collect(Collectors.joining("|"));
            for (var label : ours.isEmpty() ? Set.<String>of() : asked.groupingLabels()) {
                if (prometheus
                        .query("{__name__=~\"%s\",%s!=\"\"}".formatted(names, label))
                        .isEmpty()) {
                    missing.add(query.where() + ": nothing has a label " + label);
                }
            }
            asked.series().stream()
                    .filter(selector -> elsewhere.containsKey(selector.metric()))
                    .forEach(selector -> assertThat(elsewhere.get(selector.metric()))
                            .as(query.where())
                            .containsAll(selector.labels())
                            .containsAll(asked.groupingLabels()));
        }
        return missing;
    }

    private static List<String> emptyPanels() throws IOException {
        var elsewhere = Monitoring.exporterMetrics().keySet();
        var empty = new ArrayList<String>();
        for (var query : Monitoring.dashboardQueries()) {
            boolean here = Selectors.of(query.expression()).series().stream()
                    .map(Selectors.Selector::metric)
                    .noneMatch(metric -> NOT_HERE.contains(metric) || elsewhere.contains(metric));
            if (here && prometheus.query(query.expression()).isEmpty()) {
                empty.add(query.where() + ": " + query.expression());
            }
        }
        return empty;
    }

    @Test
    void a_bucket_of_slow_requests_leads_to_the_trace_of_one() {
        await().atMost(PATIENCE)
                .pollInterval(SCRAPE)
                .untilAsserted(() -> assertThat(prometheus
                                .exemplars("http_server_requests_seconds_bucket{application=\"booking\"}")
                                .findValuesAsText("trace_id"))
                        .isNotEmpty()
                        .allMatch(id -> id.matches("[0-9a-f]{32}")));
    }
}
