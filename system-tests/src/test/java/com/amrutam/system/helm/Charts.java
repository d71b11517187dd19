package com.amrutam.system.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The charts as {@code helm template} renders them, each once. */
final class Charts {
    static final List<String> ENVIRONMENTS = List.of("dev", "staging", "production");
    static final List<String> SERVICES = List.of("identity", "doctor", "booking", "notification", "gateway");
    static final Path ROOT = Path.of("..");

    /** The annotation that makes a manifest a hook, as it is named here. */
    static final String HOOK = "helm.test/hook";

    private static final String KUBERNETES = "v1.34.0";
    private static final Path COPY = copy();
    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Charts() {}

    static Path chart(String name) {
        return COPY.resolve(name);
    }

    /** A file of the repository. */
    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String file) {
        return COPY.resolve("values").resolve(file + ".yaml");
    }

    /** All services, as one release. */
    static List<Manifest> services(String environment) {
        return RENDERED.computeIfAbsent(
                environment, name -> Manifest.parse(all(name).call()));
    }

    static TemplateCommand all(String environment) {
        return template("amrutam", "amrutam").withValuesFile(values(environment));
    }

    /** One service as a release of its own, with the values that the environment's file has for it. */
    static List<Manifest> alone(String service, String environment) {
        return RENDERED.computeIfAbsent(service + " in " + environment, name -> {
            var file = COPY.resolve(service + "-" + environment + ".yaml");
            Manifest.write(file, ofService(service, environment));
            return Manifest.parse(template("amrutam-" + service, "amrutam-service")
                    .withValuesFile(file)
                    .call());
        });
    }

    /** What an environment's file has for a service, as values of the service's own chart. */
    static ObjectNode ofService(String service, String environment) {
        var all = Manifest.read(values(environment));
        var own = (ObjectNode) all.path(service).deepCopy();
        own.put("service", service).set("global", all.path("global"));
        return own;
    }

    static List<Manifest> infrastructure(String environment) {
        return RENDERED.computeIfAbsent(
                "infrastructure of " + environment,
                name -> Manifest.parse(template("amrutam-infrastructure", "amrutam-infrastructure")
                        .withValuesFile(values("infrastructure-" + environment))
                        .call()));
    }

    /** Everything that is installed in an environment. */
    static List<Manifest> everything(String environment) {
        return Stream.concat(services(environment).stream(), infrastructure(environment).stream())
                .toList();
    }

    /** What Helm says of a chart with these values. */
    static LintResult lint(String chart, JsonNode values) {
        var directory = COPY.resolve("lint").resolve(chart);
        copy(chart(chart), directory);
        var file = directory.resolve("values.yaml");
        Manifest.write(file, Manifest.merge(Manifest.read(file), values));
        return new Helm(directory).lint().quiet().strict().call();
    }

    static TemplateCommand template(String release, String chart) {
        return new Helm(chart(chart))
                .template()
                .withName(release)
                .withNamespace("amrutam")
                .withKubeVersion(KUBERNETES);
    }

    /**
     * Helm puts what a chart depends on into the chart's directory: into that of a copy. As a library it also leaves hooks out
     * of what it renders, so that they go by another name there.
     */
    private static Path copy() {
        var copy = Path.of("target", "helm").toAbsolutePath();
        copy(ROOT.resolve("helm"), copy);
        try (var files = Files.walk(copy)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Files.writeString(file, Files.readString(file).replace("helm.sh/hook", HOOK));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Helm(copy.resolve("amrutam")).dependency().update().call();
        return copy;
    }

    private static void copy(Path source, Path target) {
        try {
            if (Files.exists(target)) {
                try (var old = Files.walk(target)) {
                    for (var path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(target.getParent());
            try (var files = Files.walk(source)) {
                for (var path : files.toList()) {
                    Files.copy(path, target.resolve(source.relativize(path).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
