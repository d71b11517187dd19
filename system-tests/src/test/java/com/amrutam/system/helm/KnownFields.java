package com.amrutam.system.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What the server would say to a manifest under strict validation: an unknown field, one that is missing, a value of
 * another type. Kubernetes' own kinds are held against its published API, those of operators against their authors' models,
 * and the rest against the schemas beside this class's resources.
 */
final class KnownFields {
    private static final Map<String, Class<?>> MODELS = Map.of(
            "gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class,
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class,
            "kafka.strimzi.io/v1 Kafka", Kafka.class,
            "kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class,
            "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class);

    private static final JsonMapper STRICT = strict();

    private KnownFields() {}

    /** What is wrong with it; empty when nothing is. */
    static List<String> problems(Manifest manifest) {
        var model = MODELS.get(manifest.apiVersion() + " " + manifest.kind());
        if (model != null) {
            return againstModel(manifest.content(), model);
        }
        return manifest.apiVersion().matches("(apps|batch|policy|autoscaling|networking\\.k8s\\.io)/.*|v1")
                ? againstKubernetes(manifest)
                : againstSchema(manifest);
    }

    private static List<String> againstKubernetes(Manifest manifest) {
        var version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
        var json = JsonParser.parseString(manifest.content().toString());
        try {
            var model = Class.forName("io.kubernetes.client.openapi.models.V" + version.substring(1) + manifest.kind());
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            // What is read and written again says the same, unless a value was not of its field's type.
            var again =
                    JsonParser.parseString(JSON.getGson().toJson(JSON.getGson().fromJson(json, model)));
            return says(again, json) ? List.of() : List.of("is read as " + again + " where it says " + json);
        } catch (InvocationTargetException e) {
            return List.of(Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return List.of(e.toString());
        }
    }

    /** Whether all of a part is in a whole; the models add what is empty. */
    private static boolean says(JsonElement whole, JsonElement part) {
        if (part.isJsonObject() && whole.isJsonObject()) {
            return part.getAsJsonObject().entrySet().stream()
                    .allMatch(field -> whole.getAsJsonObject().has(field.getKey())
                            && says(whole.getAsJsonObject().get(field.getKey()), field.getValue()));
        }
        if (part.isJsonArray() && whole.isJsonArray()) {
            var parts = part.getAsJsonArray();
            var wholes = whole.getAsJsonArray();
            return parts.size() == wholes.size()
                    && IntStream.range(0, parts.size()).allMatch(i -> says(wholes.get(i), parts.get(i)));
        }
        return part.equals(whole);
    }

    private static List<String> againstModel(JsonNode content, Class<?> model) {
        try {
            STRICT.treeToValue(content, model);
            return List.of();
        } catch (JsonProcessingException e) {
            return List.of(e.toString());
        }
    }

    private static List<String> againstSchema(Manifest manifest) {
        var group = manifest.apiVersion().substring(0, manifest.apiVersion().indexOf('/'));
        var resource = KnownFields.class.getResource(group + ".yaml");
        if (resource == null) {
            return List.of("no schema is known for " + manifest.apiVersion());
        }
        try {
            var file = Manifest.read(Path.of(resource.toURI()));
            var kind = file.path("kinds").path(manifest.kind());
            if (kind.isMissingNode()) {
                return List.of("no schema is known for a " + manifest.kind());
            }
            var schema = (ObjectNode) kind.deepCopy();
            schema.set("definitions", file.path("definitions"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema.toString())
                    .validate(manifest.spec().toString(), InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonMapper strict() {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    /** The models keep what they do not know, to write it again; here it is a mistake. */
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                })
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Integer).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Boolean).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        return mapper;
    }
}
