package com.amrutam.kit.openapi;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.web.PageRequest;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** What the controller's method alone can tell of an operation: a page of a list, and the refusals it names. */
final class OperationsByHandler implements OperationCustomizer {
    /** Codes on their way to {@link WholeDocument}, which takes them out again. */
    static final String REFUSALS = "x-refusals";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var refusals = new ArrayList<String>();
        var named = handler.getMethodAnnotation(Refuses.class);
        if (named != null) {
            refusals.addAll(List.of(named.value()));
        }
        if (Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == PageRequest.class)) {
            operation.addParametersItem(limit()).addParametersItem(cursor());
            refusals.add(CommonProblem.INVALID_CURSOR.code());
        }
        operation.addExtension(REFUSALS, refusals);
        return operation;
    }

    private static Parameter limit() {
        var schema = new IntegerSchema();
        schema.setTypes(Set.of("integer"));
        schema.minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT))
                .setDefault(PageRequest.DEFAULT_LIMIT);
        return query("limit", "Most items wanted.").schema(schema);
    }

    private static Parameter cursor() {
        var schema = new StringSchema();
        schema.setTypes(Set.of("string"));
        return query("cursor", "Where to go on: the `nextCursor` of the page before. Left out for the first page.")
                .schema(schema);
    }

    private static Parameter query(String name, String description) {
        return new Parameter().in("query").name(name).description(description).required(false);
    }
}
