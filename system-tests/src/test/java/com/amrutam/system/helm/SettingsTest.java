package com.amrutam.system.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the charts set is what the services read. */
class SettingsTest {
    static final List<String> ENVIRONMENTS = Charts.ENVIRONMENTS;

    /** Read by the JVM, by OpenTelemetry's agent, or as a part of another variable. */
    private static final Pattern OTHERS = Pattern.compile("JAVA_TOOL_OPTIONS|OTEL_[A-Z_]+|REDIS_PASSWORD");

    @ParameterizedTest
    @FieldSource("ENVIRONMENTS")
    void every_variable_sets_a_property_of_its_service(String environment) {
        for (var service : Charts.SERVICES) {
            var code = ServiceCode.of(service);
            var manifests = Charts.alone(service, environment);
            var names = new TreeSet<String>();
            Manifest.only(manifests, manifest -> manifest.is("ConfigMap", "amrutam-" + service))
                    .content()
                    .path("data")
                    .fieldNames()
                    .forEachRemaining(names::add);
            manifests.stream()
                    .filter(manifest -> manifest.kind().equals("Deployment")
                            || manifest.name().endsWith("-migration"))
                    .flatMap(manifest -> manifest.containers().stream())
                    .forEach(container -> container
                            .path("env")
                            .forEach(variable -> names.add(variable.path("name").asText())));

            assertThat(names)
                    .as(service)
                    .hasSizeGreaterThan(4)
                    .allMatch(name -> OTHERS.matcher(name).matches() || code.binds(name));
        }
    }

    @Test
    void a_variable_that_nobody_reads_is_found() {
        var booking = ServiceCode.of("booking");

        assertThat(booking.binds("AMRUTAM_BOOKING_LOCK_SWEEPINTERVAL")).isTrue();
        assertThat(booking.binds("AMRUTAM_DATASOURCE_URL")).isTrue();
        assertThat(booking.binds("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM")).isTrue();
        assertThat(booking.binds("AMRUTAM_BOOKING_LOCK_SWEEP_INTERVAL")).isFalse();
        assertThat(booking.binds("AMRUTAM_DATASOURCE_URI")).isFalse();
        assertThat(booking.binds("SPRING_KAFKA_BOOTSTRAP")).isFalse();
    }
}
