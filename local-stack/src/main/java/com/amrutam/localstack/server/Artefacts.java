package com.amrutam.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * The servers' files in the local Maven repository. The build writes their paths relative to the repository into a
 * resource; where the repository is, the class path of this very process tells. So nothing is copied, no machine's
 * path is kept, and the class path of a service under test stays free of the servers' jars.
 */
final class Artefacts {
    private static final String REPOSITORY = "repository/";
    private static final List<String> RELATIVE = read();

    private Artefacts() {}

    /** The one artefact whose file name starts so. */
    static Path named(String prefix) {
        return RELATIVE.stream()
                .filter(path -> path.substring(path.lastIndexOf('/') + 1).startsWith(prefix))
                .findFirst()
                .map(repository()::resolve)
                .orElseThrow(() -> new IllegalStateException("The build listed no artefact " + prefix));
    }

    /** All jars of others, which is what the Kafka broker runs on. */
    static List<Path> jars() {
        var repository = repository();
        return RELATIVE.stream()
                .filter(path -> path.endsWith(".jar") && !path.startsWith("com/amrutam/"))
                .map(repository::resolve)
                .toList();
    }

    private static Path repository() {
        var avro = locationOf(Schema.class);
        var relative = RELATIVE.stream()
                .filter(path -> avro.endsWith(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(avro + " is not in a Maven repository"));
        var repository = avro;
        for (int i = Path.of(relative).getNameCount(); i > 0; i--) {
            repository = Objects.requireNonNull(repository.getParent());
        }
        return repository;
    }

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> read() {
        try (var list = Artefacts.class.getResourceAsStream("artefacts.list")) {
            if (list == null) {
                throw new IllegalStateException("artefacts.list is missing: build local-stack with Maven");
            }
            return Arrays.stream(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .trim()
                            .split(":"))
                    .filter(path -> path.startsWith(REPOSITORY))
                    .map(path -> path.substring(REPOSITORY.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
