package com.amrutam.events.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of the four calls we need of a schema registry, in Confluent's REST API, which Confluent's, Apicurio's,
 * Karapace's and Redpanda's registries all serve. Ids never change, so an answer is remembered for ever.
 */
public final class SchemaRegistry {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI base;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * @param base where the API starts, such as {@code http://127.0.0.1:18081/apis/ccompat/v7}
     */
    public SchemaRegistry(URI base) {
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
    }

    /**
     * The id under which a schema is registered.
     *
     * @throws NotRegistered when the subject does not hold this very schema
     * @throws RegistryUnavailable when the registry does not answer
     */
    public int idOf(String subject, Schema schema) {
        var id = call("POST", "/subjects/" + subject, envelope(schema))
                .path("id")
                .intValue();
        schemas.put(id, schema);
        return id;
    }

    /**
     * The schema with this id.
     *
     * @throws NotRegistered when there is none
     * @throws RegistryUnavailable when the registry does not answer
     */
    public Schema schema(int id) {
        var known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var text = call("GET", "/schemas/ids/" + id, null).path("schema").asText();
        var schema = new Schema.Parser().parse(text);
        schemas.put(id, schema);
        return schema;
    }

    /** Registers a schema, a deploy step that services never take, and answers its id; again changes nothing. */
    public int register(String subject, Schema schema) {
        return call("POST", "/subjects/" + subject + "/versions", envelope(schema))
                .path("id")
                .intValue();
    }

    /** Sets what a subject's new versions must be compatible with, such as {@code FULL_TRANSITIVE}. */
    public void requireCompatibility(String subject, String level) {
        call("PUT", "/config/" + subject, "{\"compatibility\":\"" + level + "\"}");
    }

    private static String envelope(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString()).toString();
    }

    private JsonNode call(String method, String path, @Nullable String body) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .method(method, publisher)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode() / 100) {
                case 2 -> JSON.readTree(response.body());
                case 4 -> throw new NotRegistered(method + " " + path + " answered " + response.body());
                default ->
                    throw new RegistryUnavailable(
                            "%s %s answered %d".formatted(method, path, response.statusCode()), null);
            };
        } catch (JsonProcessingException e) {
            throw new RegistryUnavailable(method + " " + path + " answered no JSON", e);
        } catch (IOException e) {
            throw new RegistryUnavailable("The schema registry at " + base + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("Interrupted while asking the schema registry", e);
        }
    }

    /** The registry answered that it does not know, or does not accept, the schema. */
    public static final class NotRegistered extends RuntimeException {
        NotRegistered(String message) {
            super(message);
        }
    }

    /** The registry could not be asked; trying again later may help. */
    public static final class RegistryUnavailable extends RuntimeException {
        RegistryUnavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
