package com.amrutam.gateway.docs;

import com.amrutam.kit.problem.CommonProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes one OpenAPI document of many. */
final class Merge {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonMapper json;
    private final ObjectNode frame;
    private final Predicate<String> isRouted;
    private final BiPredicate<String, String> isPublic;

    /**
     * @param frame what no service says: title, servers, how to authenticate, the gateway's own operations
     * @param isRouted whether clients can reach a path
     * @param isPublic whether a method of a path needs no token
     */
    Merge(JsonMapper json, ObjectNode frame, Predicate<String> isRouted, BiPredicate<String, String> isPublic) {
        this.json = json;
        this.frame = frame;
        this.isRouted = isRouted;
        this.isPublic = isPublic;
    }

    /** @throws IllegalStateException when two documents say different things under one name */
    ObjectNode of(Collection<JsonNode> documents) {
        var merged = frame.deepCopy();
        var paths = merged.withObject("/paths");
        var components = merged.withObject("/components");
        for (var document : documents) {
            document.path("paths")
                    .propertyStream()
                    .filter(path -> isRouted.test(path.getKey()))
                    .forEach(path -> {
                        var item = (ObjectNode) path.getValue().deepCopy();
                        METHODS.stream().filter(item::has).forEach(method -> protect(path.getKey(), method, item));
                        add(paths, path.getKey(), item);
                    });
            document.path("components")
                    .propertyStream()
                    .forEach(kind -> kind.getValue()
                            .propertyStream()
                            .forEach(one ->
                                    add(components.withObject("/" + kind.getKey()), one.getKey(), one.getValue())));
        }
        sort(paths);
        components.values().forEach(kind -> sort((ObjectNode) kind));
        return merged;
    }

    private void protect(String path, String method, ObjectNode item) {
        var operation = item.withObject("/" + method);
        if (isPublic.test(method, path)) {
            operation.putArray("security");
            return;
        }
        var problem = CommonProblem.UNAUTHENTICATED;
        var example = json.createObjectNode()
                .put("type", problem.type().toString())
                .put("title", problem.title())
                .put("status", problem.status().value())
                .put("detail", "The access token is not valid, or no longer")
                .put("instance", path)
                .put("code", problem.code())
                .put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        var response = operation.withObject("/responses").withObject("/401");
        var line = "`" + problem.code() + "`: " + problem.title() + ".";
        var others = response.path("description").asString("");
        response.put("description", others.isEmpty() ? line : others + "\n\n" + line);
        var content = response.withObject("/content").withObjectProperty("application/problem+json");
        content.withObject("/schema").put("$ref", "#/components/schemas/Problem");
        content.withObject("/examples").withObject("/" + problem.code()).set("value", example);
    }

    private static void add(ObjectNode to, String name, JsonNode value) {
        var known = to.get(name);
        if (known != null && !known.equals(value)) {
            throw new IllegalStateException("Two services describe " + name + " differently");
        }
        to.set(name, value);
    }

    /** In the order of the names, so that the document changes only with what it says. */
    private static void sort(ObjectNode node) {
        var names = new ArrayList<>(node.propertyNames());
        names.sort(null);
        var sorted = names.stream().map(node::get).toList();
        node.removeAll();
        for (int index = 0; index < names.size(); index++) {
            node.set(names.get(index), sorted.get(index));
        }
    }
}
