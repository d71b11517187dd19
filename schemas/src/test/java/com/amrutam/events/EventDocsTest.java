package com.amrutam.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The event reference and the AsyncAPI document are what the catalogue and the schemas say, and nothing else. */
class EventDocsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void the_event_reference_is_up_to_date() throws IOException {
        assertUpToDate("event-reference.md", reference());
    }

    @Test
    void the_asyncapi_document_is_up_to_date() throws IOException {
        assertUpToDate("asyncapi.json", JSON.writeValueAsString(asyncApi()) + "\n");
    }

    @Test
    void the_access_rules_for_the_files_that_deploy_are_up_to_date() throws IOException {
        assertUpToDate("kafka-access.json", JSON.writeValueAsString(Access.rules()) + "\n");
    }

    @Test
    void every_event_and_every_field_is_documented() {
        for (var topic : Topic.values()) {
            records(topic.schema()).values().forEach(record -> {
                assertThat(record.getDoc()).as(record.getFullName()).isNotBlank();
                if (record.getType() == Schema.Type.RECORD) {
                    record.getFields()
                            .forEach(field -> assertThat(field.doc())
                                    .as(record.getFullName() + "." + field.name())
                                    .isNotBlank());
                }
            });
        }
    }

    private static void assertUpToDate(String name, String generated) throws IOException {
        var candidate = Path.of("target", name);
        Files.writeString(candidate, generated);
        var kept = DOCS.resolve(name);
        assertThat(Files.exists(kept) ? Files.readString(kept) : "")
                .as("if the change is right: cp schemas/%s docs/", candidate)
                .isEqualTo(generated);
    }

    private static String reference() {
        var page = new StringBuilder("""
                # Event reference

                Written by the build from the topic catalogue and the schemas. How to read the topics: [events.md](events.md);
                figures from them: [analytics.md](analytics.md); for tools: [asyncapi.json](asyncapi.json).

                | topic | key | kept | who may read |
                | --- | --- | --- | --- |
                """);
        for (var topic : Topic.values()) {
            page.append("| [%s](#%s) | `%s` | %s | %s |\n"
                    .formatted(
                            topic.topicName(),
                            topic.topicName().replace(".", ""),
                            topic.keyField(),
                            kept(topic),
                            topic.isRestricted() ? "notification-service alone" : "services and analysts"));
        }
        for (var topic : Topic.values()) {
            page.append("\n## ").append(topic.topicName()).append("\n\n");
            var records = records(topic.schema());
            records.values().forEach(type -> {
                if (!type.equals(topic.schema())) {
                    page.append("\n**").append(type.getName()).append("** ");
                }
                page.append(oneLine(type.getDoc())).append("\n\n");
                if (type.getType() == Schema.Type.ENUM) {
                    page.append('`')
                            .append(String.join("` `", type.getEnumSymbols()))
                            .append("`\n");
                    return;
                }
                page.append("| field | type | |\n| --- | --- | --- |\n");
                for (var field : type.getFields()) {
                    page.append(
                            "| `%s` | %s | %s |\n".formatted(field.name(), type(field.schema()), oneLine(field.doc())));
                }
            });
        }
        return page.toString();
    }

    private static String kept(Topic topic) {
        return switch (topic.cleanup()) {
            case COMPACT -> "the last of each key";
            case KEEP -> "for ever";
            case DELETE -> topic.retention().toDays() + " days";
        };
    }

    /** The record of a topic and what it is made of, each once, in the order of their use. */
    private static Map<String, Schema> records(Schema schema) {
        var found = new LinkedHashMap<String, Schema>();
        var open = new ArrayDeque<Schema>();
        open.add(schema);
        while (!open.isEmpty()) {
            var next = open.poll();
            switch (next.getType()) {
                case RECORD -> {
                    if (found.putIfAbsent(next.getFullName(), next) == null) {
                        next.getFields().forEach(field -> open.add(field.schema()));
                    }
                }
                case ENUM -> found.putIfAbsent(next.getFullName(), next);
                case ARRAY -> open.add(next.getElementType());
                case UNION -> open.addAll(next.getTypes());
                default -> {}
            }
        }
        return found;
    }

    private static String type(Schema schema) {
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        return switch (schema.getType()) {
            case ARRAY -> "array of " + type(schema.getElementType());
            case UNION ->
                schema.getTypes().stream()
                                .filter(option -> option.getType() != Schema.Type.NULL)
                                .map(EventDocsTest::type)
                                .reduce((one, other) -> one + " or " + other)
                                .orElseThrow()
                        + ", optional";
            case RECORD, ENUM -> schema.getName();
            default -> schema.getType().getName();
        };
    }

    private static String oneLine(String doc) {
        return Objects.requireNonNullElse(doc, "").replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private static JsonNode asyncApi() throws IOException {
        var document = JSON.createObjectNode();
        document.put("asyncapi", "3.0.0");
        var info = document.putObject("info");
        info.put("title", "Amrutam events");
        info.put("version", "1.0.0");
        info.put(
                "description",
                "One Kafka topic per event type. Values are Avro in Confluent's wire format, their schemas in the registry"
                        + " under the subject <topic>-value. Events come at least once; event-id tells which were seen.");
        info.putObject("license").put("name", "Apache-2.0");
        document.put("defaultContentType", "application/vnd.apache.avro");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        var messages = document.putObject("components").putObject("messages");
        var headers =
                ((ObjectNode) document.get("components")).putObject("schemas").putObject("EventHeaders");
        headers.put("type", "object");
        var properties = headers.putObject("properties");
        header(properties, "event-id", "uuid", "UUIDv7, the same at every delivery");
        header(properties, "event-type", null, "The event's name, such as slot-locked");
        header(properties, "occurred-at", "date-time", "When the event was written, UTC");
        header(properties, "traceparent", null, "W3C trace context of the request behind it");
        for (var topic : Topic.values()) {
            var channel = channels.putObject(topic.topicName());
            channel.put("address", topic.topicName());
            channel.put("description", oneLine(topic.schema().getDoc()));
            channel.putObject("messages")
                    .putObject(topic.schema().getName())
                    .put("$ref", "#/components/messages/" + topic.schema().getFullName());
            channel.putObject("bindings").putObject("kafka").put("partitions", topic.partitions());
            var operation = operations.putObject(topic.service() + "-" + topic.eventType());
            operation.put("action", "send");
            operation.putObject("channel").put("$ref", "#/channels/" + topic.topicName());
            if (topic.isRestricted()) {
                operation.put("description", "Restricted: personal data, for notification-service alone.");
            }
            var message = messages.putObject(topic.schema().getFullName());
            message.put("name", topic.schema().getName());
            message.put("contentType", "application/vnd.apache.avro");
            message.putObject("headers").put("$ref", "#/components/schemas/EventHeaders");
            var payload = message.putObject("payload");
            payload.put("schemaFormat", "application/vnd.apache.avro+json;version=1.12.0");
            payload.set("schema", JSON.readTree(topic.schema().toString()));
            var kafka = message.putObject("bindings").putObject("kafka");
            kafka.putObject("key")
                    .put("type", "string")
                    .put("format", "uuid")
                    .put("description", "The event's " + topic.keyField());
        }
        return document;
    }

    private static void header(ObjectNode properties, String name, @Nullable String format, String description) {
        var header = properties.putObject(name);
        header.put("type", "string");
        if (format != null) {
            header.put("format", format);
        }
        header.put("description", description);
    }
}
