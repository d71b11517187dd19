package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What the charts render is what Kubernetes and the operators understand. */
class ManifestsTest {
    static final List<String> ENVIRONMENTS = Charts.ENVIRONMENTS;

    @Test
    void helm_finds_nothing_wrong_with_a_chart() {
        for (var environment : ENVIRONMENTS) {
            assertFlawless(Charts.lint("amrutam", Manifest.read(Charts.values(environment))));
            assertFlawless(Charts.lint("amrutam-service", Charts.ofService("booking", environment)));
            assertFlawless(Charts.lint(
                    "amrutam-infrastructure", Manifest.read(Charts.values("infrastructure-" + environment))));
        }
    }

    private static void assertFlawless(LintResult result) {
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void every_manifest_is_valid(String environment) {
        assertThat(Charts.everything(environment))
                .hasSizeGreaterThan(50)
                .allSatisfy(manifest -> assertThat(KnownFields.problems(manifest))
                        .as("%s", manifest)
                        .isEmpty());
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void a_service_released_alone_is_what_it_is_in_a_release_of_all(String environment) {
        for (var service : Charts.SERVICES) {
            var together = Charts.services(environment).stream()
                    .filter(manifest -> manifest.name().startsWith("amrutam-" + service))
                    .filter(manifest -> !manifest.name().endsWith("-provision"))
                    .map(ManifestsTest::withoutChartName);
            var alone = Charts.alone(service, environment).stream()
                    .filter(manifest -> !manifest.name().endsWith("-provision"))
                    .map(ManifestsTest::withoutChartName);

            assertThat(alone).as(service).containsExactlyInAnyOrderElementsOf(together.toList());
        }
    }

    /** Under an alias a chart goes by that. */
    private static String withoutChartName(Manifest manifest) {
        return manifest.content().toString().replaceAll("\"helm.sh/chart\":\"[^\"]+\"", "");
    }

    /** Were a mistake to pass, the tests above would prove nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Deployment     | "image":"registry    | "imag":"registry         | imag
                    Deployment     | "selector":{         | "selectr":{              | selectr
                    Deployment     | "containerPort":8080 | "containerPort":"8080"   | 8080
                    Deployment     | "name":"gateway",    |                          | name
                    HTTPRoute      | "hostnames"          | "hosts"                  | hosts
                    HTTPRoute      | "port":8080          | "port":"8080"            | port
                    ServiceMonitor | "interval"           | "intervall"              | intervall
                    ScaledObject   | "triggers"           | "trigger"                | trigger
                    ScaledObject   | "lagThreshold":"200" | "lagThreshold":200       | lagThreshold
                    KafkaUser      | "operations"         | "operationz"             | operationz
                    KafkaNodePool  | "replicas":3         | "replicas":"3"           | replicas
                    Cluster        | "instances":3        | "instances":"3"          | instances
                    Cluster        | "walStorage"         | "walStorrage"            | walStorrage
                    ObjectStore    | "destinationPath"    | "destination"            | destination
                    """)
    void a_mistake_is_found(String kind, String right, String wrong, String named) {
        var json = Stream.of(Charts.everything("production"))
                .flatMap(List::stream)
                .filter(manifest -> manifest.kind().equals(kind))
                .map(manifest -> manifest.content().toString())
                .filter(content -> content.contains(right))
                .findFirst()
                .orElseThrow();
        var mistaken =
                Manifest.parse(json.replace(right, wrong == null ? "" : wrong)).getFirst();

        var problems = KnownFields.problems(mistaken);

        assertThat(problems.toString()).contains(named);
    }
}
