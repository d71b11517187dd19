package com.amrutam.kit.openapi;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemType;
import java.util.List;
import java.util.Map;

/** Values that examples have in common. */
final class ExampleValues {
    static final String ID = "01938c2e-7a4b-7c11-9f3e-2f6d1b0a4c55";
    static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private ExampleValues() {}

    /** What the common problems carry besides the members of all. */
    static Map<String, Object> membersOf(ProblemType type) {
        if (type == CommonProblem.VALIDATION_FAILED) {
            return Map.of("errors", List.of(Map.of("field", "slotId", "message", "must not be null")));
        }
        return switch (type.status().value()) {
            case 429 -> Map.of("retryAfter", 30);
            case 503 -> Map.of("retryAfter", 2);
            default -> Map.of();
        };
    }
}
