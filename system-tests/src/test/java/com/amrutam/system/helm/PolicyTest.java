package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every pod, and all that stands around it, must be like in every environment. */
class PolicyTest {
    static final List<String> ENVIRONMENTS = Charts.ENVIRONMENTS;

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)password|secret|keyset|digest.?key|encryption.?key|token|jaas|credential");
    private static final Pattern SECRET_VALUE = Pattern.compile("://[^/\\s]*:[^/\\s@$]+@|BEGIN [A-Z ]*PRIVATE KEY");

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void pods_are_restricted(String environment) {
        eachPod(environment, (who, pod) -> {
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(who)
                    .isFalse();
            var security = pod.path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean()).as(who).isTrue();
            assertThat(security.path("runAsUser").asInt()).as(who).isPositive();
            assertThat(security.path("seccompProfile").path("type").asText())
                    .as(who)
                    .isEqualTo("RuntimeDefault");
            for (var field : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(pod.has(field)).as(who + " " + field).isFalse();
            }
            pod.path("volumes")
                    .forEach(
                            volume -> assertThat(volume.has("hostPath")).as(who).isFalse());
        });
        eachContainer(environment, (who, container) -> {
            var security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .as(who)
                    .isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                    .as(who)
                    .isTrue();
            assertThat(security.path("capabilities").toString()).as(who).isEqualTo("{\"drop\":[\"ALL\"]}");
            assertThat(security.has("privileged")).as(who).isFalse();
        });
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void containers_say_what_they_need_and_what_they_may_take(String environment) {
        eachContainer(environment, (who, container) -> {
            for (var kind : List.of("requests", "limits")) {
                for (var resource : List.of("cpu", "memory")) {
                    assertThat(container
                                    .path("resources")
                                    .path(kind)
                                    .path(resource)
                                    .asText())
                            .as(who + " " + kind + " " + resource)
                            .isNotBlank();
                }
            }
        });
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void images_have_a_version(String environment) {
        eachContainer(
                environment,
                (who, container) -> assertThat(container.path("image").asText())
                        .as(who)
                        .matches("[a-z0-9][a-z0-9./-]*:[\\w.-]+")
                        .doesNotEndWith(":latest"));
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void what_serves_is_probed(String environment) {
        Charts.everything(environment).stream()
                .filter(manifest -> Set.of("Deployment", "StatefulSet").contains(manifest.kind()))
                .forEach(manifest -> manifest.containers().forEach(container -> {
                    for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                        assertThat(container.has(probe))
                                .as(manifest + " " + probe)
                                .isTrue();
                    }
                }));
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void secrets_are_in_secrets_which_no_chart_brings(String environment) {
        for (var manifest : Charts.everything(environment)) {
            assertThat(manifest.kind()).isNotEqualTo("Secret");
            if (manifest.kind().equals("ConfigMap")) {
                manifest.content().path("data").properties().forEach(entry -> {
                    assertThat(entry.getKey()).as("%s", manifest).doesNotContainPattern(SECRET_NAME);
                    assertThat(entry.getValue().asText())
                            .as(manifest + " " + entry.getKey())
                            .doesNotContainPattern(SECRET_VALUE);
                });
            }
        }
        eachContainer(
                environment,
                (who, container) -> container.path("env").forEach(variable -> {
                    var value = variable.path("value").asText();
                    assertThat(value).as(who).doesNotContainPattern(SECRET_VALUE);
                    if (SECRET_NAME.matcher(variable.path("name").asText()).find()) {
                        assertThat(value).as(who + " " + variable.path("name")).isEmpty();
                    }
                }));
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void no_password_has_a_default(String environment) {
        for (var file : List.of(
                Charts.chart("amrutam-service").resolve("values.yaml"),
                Charts.chart("amrutam").resolve("values.yaml"),
                Charts.chart("amrutam-infrastructure").resolve("values.yaml"),
                Charts.values(environment),
                Charts.values("infrastructure-" + environment))) {
            eachText(Manifest.read(file), (name, value) -> {
                if (SECRET_NAME.matcher(name).find()) {
                    // Names of Secrets and of keys in them.
                    assertThat(value).as(file + " " + name).matches("|amrutam-[a-z-]+|password");
                }
            });
        }
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void pods_speak_with_whom_a_policy_says_alone(String environment) {
        var policies = Charts.everything(environment).stream()
                .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                .toList();
        for (var manifest : Charts.everything(environment)) {
            manifest.pod().ifPresent(pod -> {
                var selecting = policies.stream()
                        .filter(policy -> selects(policy.spec().path("podSelector"), pod))
                        .toList();
                for (var direction : List.of("Ingress", "Egress")) {
                    assertThat(selecting)
                            .as(manifest + " " + direction)
                            .anyMatch(policy ->
                                    policy.spec().path("policyTypes").toString().contains(direction));
                }
            });
        }
        for (var policy : policies) {
            for (var rule : policy.spec().path("ingress")) {
                assertThat(rule.path("from")).as("%s lets everybody in", policy).isNotEmpty();
            }
            for (var rule : policy.spec().path("egress")) {
                assertThat(rule.path("to"))
                        .as("%s lets out to everywhere", policy)
                        .isNotEmpty();
                assertThat(rule.path("ports"))
                        .as("%s lets out by every port", policy)
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void a_service_is_scaled_spread_and_kept_while_nodes_are_drained(String environment) {
        var manifests = Charts.services(environment);
        for (var service : Charts.SERVICES) {
            var name = "amrutam-" + service;
            var deployment = Manifest.only(manifests, manifest -> manifest.is("Deployment", name));
            var pod = deployment.pod().orElseThrow();

            var budget = Manifest.only(manifests, manifest -> manifest.is("PodDisruptionBudget", name));
            assertThat(budget.spec().path("maxUnavailable").asInt()).isEqualTo(1);
            assertThat(selects(budget.spec().path("selector"), pod)).as(service).isTrue();
            var spread = new ArrayList<String>();
            pod.path("spec").path("topologySpreadConstraints").forEach(constraint -> {
                spread.add(constraint.path("topologyKey").asText());
                assertThat(selects(constraint.path("labelSelector"), pod))
                        .as(service)
                        .isTrue();
            });
            assertThat(spread).containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
            assertThat(deployment.spec().path("strategy").path("rollingUpdate").toString())
                    .isEqualTo("{\"maxUnavailable\":0,\"maxSurge\":1}");
        }
    }

    @Test
    void production_scales_as_agreed() {
        var manifests = Charts.services("production");
        var behavior = Manifest.parse("""
                scaleUp:
                  stabilizationWindowSeconds: 60
                  policies: [{type: Percent, value: 100, periodSeconds: 15}]
                scaleDown:
                  stabilizationWindowSeconds: 300
                  policies: [{type: Percent, value: 10, periodSeconds: 60}]
                """).getFirst().content();
        for (var service : List.of("identity", "doctor", "booking", "gateway")) {
            var scaler = Manifest.only(
                            manifests, manifest -> manifest.is("HorizontalPodAutoscaler", "amrutam-" + service))
                    .spec();
            assertThat(scaler.path("minReplicas").asInt()).isEqualTo(3);
            assertThat(scaler.path("maxReplicas").asInt()).isEqualTo(20);
            assertThat(scaler.findValues("averageUtilization").toString()).isEqualTo("[70, 80]");
            assertThat(scaler.path("behavior")).isEqualTo(behavior);
        }
        var byLag = Manifest.only(manifests, manifest -> manifest.is("ScaledObject", "amrutam-notification"))
                .spec();
        assertThat(byLag.path("minReplicaCount").asInt()).isEqualTo(3);
        assertThat(byLag.path("maxReplicaCount").asInt()).isEqualTo(20);
        assertThat(byLag.findValuesAsText("type")).contains("cpu", "memory", "kafka");
        assertThat(byLag.findValue("behavior")).isEqualTo(behavior);
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void a_pod_has_the_time_to_end_that_its_service_may_take(String environment) {
        var phase = Pattern.compile("timeout-per-shutdown-phase: (\\d+)s");
        var kit = Charts.text("service-kit/src/main/resources/service-kit.yml");
        var seconds = phase.matcher(kit).results().findFirst().orElseThrow().group(1);
        for (var service : Charts.SERVICES) {
            var pod = Manifest.only(
                            Charts.services(environment), manifest -> manifest.is("Deployment", "amrutam-" + service))
                    .pod()
                    .orElseThrow()
                    .path("spec");
            int drain = pod.findValue("preStop").path("sleep").path("seconds").asInt();

            assertThat(drain).isPositive();
            // Requests, then events, then the relay.
            assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                    .as(service)
                    .isGreaterThan(drain + 3 * Integer.parseInt(seconds));
        }
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void what_pools_may_open_fits_into_postgres(String environment) {
        int administration = 3;
        int connections = 0;
        for (var service : List.of("identity", "doctor", "booking", "notification")) {
            var manifests = Charts.services(environment);
            var settings = Manifest.only(manifests, manifest -> manifest.is("ConfigMap", "amrutam-" + service))
                    .content()
                    .path("data");
            int pods = manifests.stream()
                    .filter(manifest -> manifest.name().equals("amrutam-" + service))
                    .flatMap(manifest -> List.of("maxReplicas", "maxReplicaCount", "replicas").stream()
                            .map(manifest.spec()::path)
                            .filter(JsonNode::isInt)
                            .map(JsonNode::asInt))
                    .max(Integer::compare)
                    .orElseThrow();
            connections += (pods + 1)
                    * (settings.path("AMRUTAM_DATASOURCE_WRITECONNECTIONS").asInt()
                            + settings.path("AMRUTAM_DATASOURCE_READCONNECTIONS")
                                    .asInt()
                            + administration);
        }
        int allowed = Manifest.only(
                        Charts.infrastructure(environment), manifest -> manifest.is("Cluster", "amrutam-postgres"))
                .spec()
                .path("postgresql")
                .path("parameters")
                .path("max_connections")
                .asInt();
        // Relays, replication, the registry and whoever looks after it.
        assertThat(connections).isLessThanOrEqualTo(allowed - 50);
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void requests_go_to_pods_that_serve_and_to_no_job(String environment) {
        var manifests = Charts.services(environment);
        for (var service : manifests) {
            if (service.kind().equals("Service")) {
                var selected = new HashSet<String>();
                manifests.forEach(manifest -> manifest.pod()
                        .filter(pod -> selects(service.spec().path("selector"), pod))
                        .ifPresent(pod -> selected.add(manifest.kind())));
                assertThat(selected).as("%s", service).containsExactly("Deployment");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void topics_come_before_migrations_and_these_before_pods(String environment) {
        for (var manifest : Charts.services(environment)) {
            if (manifest.kind().equals("Job")) {
                var annotations = manifest.content().path("metadata").path("annotations");
                assertThat(annotations.path(Charts.HOOK).asText()).isEqualTo("pre-install,pre-upgrade");
                assertThat(annotations.path(Charts.HOOK + "-weight").asText())
                        .isEqualTo(manifest.name().endsWith("-provision") ? "-5" : "0");
            }
        }
        assertThat(Charts.services(environment))
                .filteredOn(manifest -> manifest.kind().equals("Job"))
                .extracting(Manifest::name)
                .containsExactlyInAnyOrder(
                        "amrutam-identity-provision",
                        "amrutam-identity-migration",
                        "amrutam-doctor-migration",
                        "amrutam-booking-migration",
                        "amrutam-notification-migration");
    }

    @Test
    void pods_follow_a_changed_setting() {
        var changed = Manifest.parse(Charts.all("production")
                .set("booking.settings.AMRUTAM_BOOKING_LOCK_SWEEPINTERVAL", "3s")
                .call());
        for (var service : Charts.SERVICES) {
            var before = checksum(Charts.services("production"), service);
            var after = checksum(changed, service);

            if (service.equals("booking")) {
                assertThat(after).isNotEqualTo(before);
            } else {
                assertThat(after).as(service).isEqualTo(before);
            }
        }
    }

    private static String checksum(List<Manifest> manifests, String service) {
        return Manifest.only(manifests, manifest -> manifest.is("Deployment", "amrutam-" + service))
                .pod()
                .orElseThrow()
                .path("metadata")
                .path("annotations")
                .path("checksum/config")
                .asText();
    }

    /** By matchLabels, which is all the charts use. */
    private static boolean selects(JsonNode selector, JsonNode pod) {
        var wanted = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
        var labels = pod.path("metadata").path("labels");
        return wanted.properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private static void eachPod(String environment, BiConsumer<String, JsonNode> check) {
        Charts.everything(environment)
                .forEach(manifest ->
                        manifest.pod().ifPresent(pod -> check.accept(manifest.toString(), pod.path("spec"))));
    }

    private static void eachContainer(String environment, BiConsumer<String, JsonNode> check) {
        Charts.everything(environment)
                .forEach(manifest -> manifest.containers()
                        .forEach(container -> check.accept(
                                manifest + "/" + container.path("name").asText(), container)));
    }

    private static void eachText(JsonNode node, BiConsumer<String, String> check) {
        node.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                check.accept(field.getKey(), field.getValue().asText());
            }
            eachText(field.getValue(), check);
        });
        if (node.isArray()) {
            StreamSupport.stream(node.spliterator(), false).forEach(element -> eachText(element, check));
        }
    }
}
