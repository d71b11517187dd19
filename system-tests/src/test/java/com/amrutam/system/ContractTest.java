package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A stock contract tester, Specmatic, reads {@code /openapi.json} and makes of it requests as it says and requests as it
 * does not say. What it makes of the answers is its own business, since it knows no doctor and no slot; ours is that each
 * is one that the document announces.
 */
@ExtendWith(RunningSystem.class)
class ContractTest {
    private static final int MINUTES = 3;

    @Test
    void whatever_is_asked_the_answer_is_one_that_is_documented() throws Exception {
        var directory = Files.createDirectories(Path.of("target", "contract"));
        var document = directory.resolve("openapi.json");
        var answer = RunningSystem.somebody().api().get("/openapi.json").expect(200);
        Files.writeString(document, withAllParameters(answer.body().deepCopy()).toString());

        try (var witness = new ContractWitness(answer.body())) {
            runSpecmatic(directory, document, witness.port());

            System.out.printf(
                    "Contract: %d requests to %d operations%n",
                    witness.requests(), witness.asked().size());
            assertThat(witness.asked()).containsExactlyInAnyOrderElementsOf(witness.documented());
            assertThat(witness.undocumented()).isEmpty();
        }
    }

    /** Or Specmatic tries each of the 4,096 sets that a search's twelve parameters make. */
    private static JsonNode withAllParameters(JsonNode document) {
        document.findValues("parameters")
                .forEach(parameters -> parameters.forEach(parameter -> {
                    if (parameter.path("in").asText().equals("query")) {
                        ((ObjectNode) parameter).put("required", true);
                    }
                }));
        return document;
    }

    private static void runSpecmatic(Path directory, Path document, int port) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                NodePackages.file("specmatic/specmatic.jar").toString(),
                "test",
                document.getFileName().toString(),
                "--testBaseURL=http://127.0.0.1:" + port);
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("specmatic.log").toFile());
        builder.environment().put("SPECMATIC_GENERATIVE_TESTS", "true");
        builder.environment().put("SPECMATIC_DISABLE_TELEMETRY", "true");
        // Or it tries each set that the optional members of a body make.
        builder.environment().put("MAX_TEST_REQUEST_COMBINATIONS", "1");
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
