package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openapitools.openapidiff.core.OpenApiCompare;

/** The API's document is what the services say, it is complete, and it breaks no client of the release before. */
@ExtendWith(RunningSystem.class)
class ApiDocumentTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DOCS = Path.of("..", "docs");

    /** What clients of the latest release rely on; replaced by a release, or when the major version changes. */
    private static final Path RELEASED = DOCS.resolve("released").resolve("openapi.json");

    private static final ObjectNode DOCUMENT = served();

    @Test
    void what_is_checked_in_is_what_the_gateway_serves() throws IOException {
        var served = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(DOCUMENT) + "\n";
        var copy = Path.of("target", "openapi.json");
        Files.writeString(copy, served);

        assertThat(DOCS.resolve("openapi.json"))
                .as("If the change is meant: cp system-tests/%s docs/openapi.json", copy)
                .hasContent(served);
    }

    @Test
    void it_breaks_no_client_of_the_release_before() throws IOException {
        var released = (ObjectNode) JSON.readTree(Files.readString(RELEASED));
        if (major(released).equals(major(DOCUMENT))) {
            assertThat(breaks(released, DOCUMENT)).isEmpty();
        }
    }

    @Test
    void a_breaking_change_would_be_noticed() {
        var withoutAnOperation = DOCUMENT.deepCopy();
        withoutAnOperation.withObject("/paths").remove("/api/v1/slot-locks");
        assertThat(breaks(DOCUMENT, withoutAnOperation)).isNotEmpty();

        var withoutAnAnswersMember = DOCUMENT.deepCopy();
        schema(withoutAnAnswersMember, "SlotLock").withObject("/properties").remove("expiresAt");
        assertThat(breaks(DOCUMENT, withoutAnAnswersMember)).isNotEmpty();

        var askingForMore = DOCUMENT.deepCopy();
        schema(askingForMore, "LockRequest").withArray("/required").add("mode");
        assertThat(breaks(DOCUMENT, askingForMore)).isNotEmpty();
    }

    @Test
    void every_operation_is_explained_and_has_examples() {
        var missing = new ArrayList<String>();
        operations((name, operation) -> {
            require(
                    missing,
                    name + " summary",
                    !operation.path("summary").asText("").isBlank());
            require(missing, name + " tag", operation.path("tags").size() == 1);
            for (var parameter : operation.path("parameters")) {
                var what = name + " parameter " + parameter.path("name").asText();
                boolean isId = parameter.path("in").asText().equals("path");
                require(missing, what, isId || parameter.has("description") || isConditional(parameter));
            }
            contents(operation, (where, content) -> {
                boolean hasExample =
                        content.has("example") || content.path("examples").size() > 0;
                require(missing, name + " " + where + " example", hasExample || where.contains("default"));
            });
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void every_example_is_as_its_schema_says() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var wrong = new ArrayList<String>();
        operations((name, operation) -> contents(operation, (where, content) -> {
            var schema = ((ObjectNode) content.path("schema").deepCopy()).set("components", DOCUMENT.get("components"));
            var examples = new ArrayList<JsonNode>();
            content.path("examples").forEach(example -> examples.add(example.path("value")));
            if (content.has("example")) {
                examples.add(content.get("example"));
            }
            for (var example : examples) {
                registry.getSchema(schema.toString())
                        .validate(example.toString(), InputFormat.JSON)
                        .forEach(error -> wrong.add(name + " " + where + ": " + error));
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_refusal_of_a_service_is_documented_somewhere() {
        var documented = new ArrayList<String>();
        operations((name, operation) -> contents(
                operation,
                (where, content) -> content.path("examples").fieldNames().forEachRemaining(documented::add)));
        DOCUMENT.at("/components/responses/OtherProblem/content")
                .forEach(content -> content.path("examples").fieldNames().forEachRemaining(documented::add));
        assertThat(documented)
                .contains(
                        "code-incorrect",
                        "challenge-expired",
                        "refresh-token-reused",
                        "resend-too-soon",
                        "slot-taken",
                        "mode-required",
                        "overlapping-appointment",
                        "too-many-locks",
                        "too-soon",
                        "lock-expired",
                        "too-late",
                        "not-booked",
                        "already-reviewed",
                        "profile-missing",
                        "idempotency-key-reused",
                        "request-in-progress",
                        "precondition-failed",
                        "unauthenticated",
                        "forbidden",
                        "method-not-allowed",
                        "not-acceptable",
                        "headers-too-large",
                        "internal-error",
                        "bad-gateway",
                        "gateway-timeout");
    }

    private static boolean isConditional(JsonNode parameter) {
        return List.of("If-Match", "If-None-Match")
                .contains(parameter.path("name").asText());
    }

    private static void require(List<String> missing, String what, boolean isThere) {
        if (!isThere) {
            missing.add(what);
        }
    }

    private static void operations(BiConsumer<String, JsonNode> each) {
        DOCUMENT.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) ->
                        each.accept(operation.path("operationId").asText(method + " " + path), operation)));
    }

    private static void contents(JsonNode operation, BiConsumer<String, JsonNode> each) {
        operation.path("requestBody").path("content").forEachEntry((type, content) -> each.accept("request", content));
        operation
                .path("responses")
                .forEachEntry((status, response) ->
                        response.path("content").forEachEntry((type, content) -> each.accept(status, content)));
    }

    private static ObjectNode schema(ObjectNode document, String name) {
        return document.withObject("/components/schemas/" + name);
    }

    private static List<String> breaks(ObjectNode before, ObjectNode after) {
        var difference = OpenApiCompare.fromContents(before.toString(), after.toString());
        if (difference.isCompatible()) {
            return List.of();
        }
        var broken = new ArrayList<String>();
        difference.getMissingEndpoints().forEach(gone -> broken.add("gone: " + gone));
        difference.getChangedOperations().stream()
                .filter(operation -> !operation.isCompatible())
                .forEach(operation ->
                        broken.add("changed: " + operation.getHttpMethod() + " " + operation.getPathUrl()));
        return broken.isEmpty() ? List.of("incompatible") : broken;
    }

    private static String major(JsonNode document) {
        return document.path("info").path("version").asText().split("\\.")[0];
    }

    private static ObjectNode served() {
        var uri = RunningSystem.services().api().resolve("/openapi.json");
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return (ObjectNode) JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
