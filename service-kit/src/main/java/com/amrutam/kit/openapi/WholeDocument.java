package com.amrutam.kit.openapi;

import com.amrutam.kit.idempotency.IdempotencyProperties;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;

/** What all operations of a shape have in common, so that no controller has to say it: headers, refusals, examples. */
final class WholeDocument implements OpenApiCustomizer {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final String OTHER_PROBLEM = "OtherProblem";

    /** What any operation may answer, however it is called. */
    private static final List<ProblemType> OTHERS = List.of(
            CommonProblem.METHOD_NOT_ALLOWED,
            CommonProblem.NOT_ACCEPTABLE,
            CommonProblem.HEADERS_TOO_LARGE,
            CommonProblem.INTERNAL_ERROR,
            CommonProblem.BAD_GATEWAY,
            CommonProblem.GATEWAY_TIMEOUT);

    private final Map<String, ProblemType> catalogue;
    private final Set<String> withoutIdempotencyKey;
    private final Examples examples;

    /**
     * @param catalogue every problem type the service knows; where two have a code in common, the service's own comes
     *     last and wins
     */
    WholeDocument(List<ProblemType> catalogue, IdempotencyProperties idempotency, Examples examples) {
        this.catalogue = catalogue.stream()
                .collect(Collectors.toMap(ProblemType::code, type -> type, (common, own) -> own, LinkedHashMap::new));
        this.withoutIdempotencyKey = Set.copyOf(idempotency.excludedPaths());
        this.examples = examples;
    }

    @Override
    public void customise(OpenAPI document) {
        ModelConverters.getInstance(true).readAll(ProblemDocument.class).forEach(document.getComponents()::addSchemas);
        document.getComponents().addResponses(OTHER_PROBLEM, otherProblem());
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> complete(path, method, operation)));
        requireEveryCode(document);
    }

    private ApiResponse otherProblem() {
        var content = problemContent();
        OTHERS.forEach(type -> Objects.requireNonNull(content.get(PROBLEM_JSON))
                .addExamples(type.code(), new Example().value(example("/api/v1/doctors", type))));
        return new ApiResponse()
                .description("Any other problem, such as 5xx: told apart by its `code`.")
                .content(content);
    }

    /** A code that no operation is said to refuse with would be news to clients when it comes. */
    private void requireEveryCode(OpenAPI document) {
        var missing = new TreeSet<String>();
        catalogue.values().stream()
                .filter(type -> !(type instanceof CommonProblem))
                .forEach(type -> missing.add(type.code()));
        document.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(response ->
                        response.getContent() != null && response.getContent().containsKey(PROBLEM_JSON))
                .forEach(response -> missing.removeAll(Objects.requireNonNullElse(
                                response.getContent().get(PROBLEM_JSON).getExamples(), Map.<String, Example>of())
                        .keySet()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No operation is said to refuse with " + missing + ", see @Refuses");
        }
    }

    private void complete(String path, HttpMethod method, Operation operation) {
        operation.setTags(List.of(tag(path)));
        summarize(operation);
        if (method == HttpMethod.POST && !withoutIdempotencyKey.contains(path)) {
            operation.addParametersItem(idempotencyKey());
        }
        boolean hasVersion = has(operation, "header", HttpHeaders.IF_MATCH);
        describeSuccess(operation, hasVersion);
        refusals(path, method, operation, hasVersion).forEach(code -> addProblem(path, operation, code));
        operation.getResponses().addApiResponse(ApiResponses.DEFAULT, new ApiResponse().$ref(OTHER_PROBLEM));
        addExamples(operation);
    }

    /** A headline has no full stop, and what says no more than it is not said again. */
    private static void summarize(Operation operation) {
        var summary = Objects.requireNonNullElse(operation.getSummary(), "");
        if (summary.equals(operation.getDescription())) {
            operation.setDescription(null);
        }
        operation.setSummary(summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary);
    }

    /** {@code /api/v1/slot-locks/{id}} is about slot-locks, {@code /api/v1/admin/users/{id}/roles} about users. */
    private static String tag(String path) {
        var parts = path.replaceFirst("^/api/v1/(admin/)?", "").split("/");
        return parts[0].startsWith(".well-known") ? "auth" : parts[0];
    }

    private Set<String> refusals(String path, HttpMethod method, Operation operation, boolean hasVersion) {
        var codes = new TreeSet<String>();
        codes.add(CommonProblem.MALFORMED_REQUEST.code());
        codes.add(CommonProblem.TOO_MANY_REQUESTS.code());
        codes.add(CommonProblem.SERVICE_UNAVAILABLE.code());
        if (path.startsWith("/api/v1/admin/")) {
            codes.add(CommonProblem.FORBIDDEN.code());
        }
        if (path.contains("{")) {
            codes.add(CommonProblem.NOT_FOUND.code());
        }
        if (operation.getRequestBody() != null) {
            codes.add(CommonProblem.VALIDATION_FAILED.code());
            codes.add(CommonProblem.UNSUPPORTED_MEDIA_TYPE.code());
            codes.add(CommonProblem.PAYLOAD_TOO_LARGE.code());
        }
        if (hasVersion) {
            codes.add(CommonProblem.PRECONDITION_FAILED.code());
        }
        if (method == HttpMethod.POST && has(operation, "header", IDEMPOTENCY_KEY)) {
            codes.add(CommonProblem.REQUEST_IN_PROGRESS.code());
            codes.add(CommonProblem.IDEMPOTENCY_KEY_REUSED.code());
        }
        var extensions = operation.getExtensions();
        if (extensions != null && extensions.remove(OperationsByHandler.REFUSALS) instanceof List<?> named) {
            named.forEach(code -> codes.add(String.valueOf(code)));
        }
        return codes;
    }

    private void addProblem(String path, Operation operation, String code) {
        var type = catalogue.get(code);
        if (type == null) {
            throw new IllegalStateException(operation.getOperationId() + " refuses with " + code
                    + ", which is no code of a ProblemType of this service");
        }
        var status = String.valueOf(type.status().value());
        var response = operation
                .getResponses()
                .computeIfAbsent(status, _ -> new ApiResponse().description("").content(problemContent()));
        var line = "`" + code + "`: " + type.title() + ".";
        response.setDescription(
                Objects.requireNonNullElse(response.getDescription(), "").isEmpty()
                        ? line
                        : response.getDescription() + "\n\n" + line);
        Objects.requireNonNull(response.getContent().get(PROBLEM_JSON))
                .addExamples(code, new Example().value(example(path, type)));
    }

    private Map<String, Object> example(String path, ProblemType type) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type.type().toString());
        members.put("title", type.title());
        members.put("status", type.status().value());
        members.put("detail", type.title());
        members.put("instance", path.replaceAll("\\{[^}]*}", ExampleValues.ID));
        members.put("code", type.code());
        members.put("traceId", ExampleValues.TRACE_ID);
        members.putAll(ExampleValues.membersOf(type));
        members.putAll(examples.membersOf(type.code()));
        return members;
    }

    private static Content problemContent() {
        return new Content().addMediaType(PROBLEM_JSON, new MediaType().schema(new Schema<>().$ref(PROBLEM)));
    }

    private static void describeSuccess(Operation operation, boolean hasVersion) {
        operation.getResponses().forEach((status, response) -> {
            if (hasVersion && status.equals("200")) {
                response.addHeaderObject(
                        HttpHeaders.ETAG, header("The version of what is answered, to be sent back as `If-Match`."));
            }
            if (status.equals("201")) {
                response.addHeaderObject(HttpHeaders.LOCATION, header("Where the new resource is."));
            }
            response.setDescription(
                    switch (status) {
                        case "201" -> "Created.";
                        case "202" -> "Accepted; it is done in a moment.";
                        case "204" -> "Done; there is nothing to tell.";
                        default -> "Done.";
                    });
        });
    }

    private void addExamples(Operation operation) {
        var request = examples.request(operation.getOperationId());
        if (request != null && operation.getRequestBody() != null) {
            operation.getRequestBody().getContent().values().forEach(content -> content.setExample(request));
        }
        var answer = examples.response(operation.getOperationId());
        if (answer != null) {
            operation.getResponses().forEach((status, response) -> {
                if (status.startsWith("2") && response.getContent() != null) {
                    response.getContent().values().forEach(content -> content.setExample(answer));
                }
            });
        }
        var values = examples.parameters(operation.getOperationId());
        for (var parameter : Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())) {
            if (values.containsKey(parameter.getName())) {
                parameter.setExample(values.get(parameter.getName()));
            } else if (parameter.getIn().equals("path")) {
                parameter.setExample(ExampleValues.ID);
            }
        }
    }

    private static boolean has(Operation operation, String in, String name) {
        return Objects.requireNonNullElseGet(operation.getParameters(), ArrayList<Parameter>::new).stream()
                .anyMatch(parameter ->
                        in.equals(parameter.getIn()) && parameter.getName().equalsIgnoreCase(name));
    }

    private static Parameter idempotencyKey() {
        var schema = text();
        schema.minLength(1).maxLength(255).setExample("c6f1f0a2-3b1e-4e57-9f0a-3b8f1c5d2e77");
        return new Parameter()
                .in("header")
                .name(IDEMPOTENCY_KEY)
                .description("Chosen by the client, one for each thing it wants done. Sent again with the same body, it"
                        + " brings the first answer again instead of doing it twice.")
                .required(false)
                .schema(schema);
    }

    private static Header header(String description) {
        return new Header().description(description).schema(text());
    }

    private static Schema<String> text() {
        var schema = new StringSchema();
        schema.setTypes(Set.of("string"));
        return schema;
    }
}
