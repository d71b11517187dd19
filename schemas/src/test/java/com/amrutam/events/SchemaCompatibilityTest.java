package com.amrutam.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * FULL_TRANSITIVE, at build time: whoever reads with any released version understands what this build writes, and this
 * build understands whatever any released version wrote. The versions are kept in {@code released/<topic>/<n>.avsc}.
 */
class SchemaCompatibilityTest {
    private static final Path RELEASED = Path.of("released");

    @ParameterizedTest
    @EnumSource
    void a_schema_is_compatible_with_every_released_version(Topic topic) throws Exception {
        for (var release : releases(topic)) {
            var released = parse(release);
            assertThat(canRead(topic.schema(), released))
                    .as("new reads " + release)
                    .isTrue();
            assertThat(canRead(released, topic.schema()))
                    .as(release + " reads new")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_newest_released_version_is_the_one_of_this_build(Topic topic) throws Exception {
        var releases = releases(topic);
        var candidate = Path.of("target", "released", topic.topicName(), (releases.size() + 1) + ".avsc");
        Files.createDirectories(candidate.getParent());
        Files.writeString(candidate, SchemaFormatter.format("json/pretty", topic.schema()) + "\n");

        assertThat(releases)
                .as("no released version; if the schema is right, copy %s to %s", candidate, RELEASED)
                .isNotEmpty();
        assertThat(parse(releases.getLast()))
                .as("the schema changed; if the change is right, release it: copy %s to %s", candidate, RELEASED)
                .isEqualTo(topic.schema());
    }

    @Test
    void the_check_catches_a_removed_field_and_a_new_one_without_default() {
        var released = parser("{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
        var removed = parser("{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}");
        var added = parser("{\"type\":\"record\",\"name\":\"E\",\"fields\":"
                + "[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}]}");

        assertThat(canRead(released, removed)).isFalse();
        assertThat(canRead(added, released)).isFalse();
    }

    private static boolean canRead(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static List<Path> releases(Topic topic) throws IOException {
        var folder = RELEASED.resolve(topic.topicName());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted(Comparator.comparingInt(SchemaCompatibilityTest::number))
                    .toList();
        }
    }

    private static int number(Path release) {
        return Integer.parseInt(release.getFileName().toString().replace(".avsc", ""));
    }

    private static Schema parse(Path file) throws IOException {
        return parser(Files.readString(file));
    }

    private static Schema parser(String json) {
        return new Schema.Parser().parse(json);
    }
}
