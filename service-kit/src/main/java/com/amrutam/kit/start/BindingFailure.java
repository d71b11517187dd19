package com.amrutam.kit.start;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.validation.FieldError;

/** A value that is missing, malformed or out of range. Spring's own analysis would show the value. */
final class BindingFailure extends AbstractFailureAnalyzer<BindException> implements Ordered {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
        if (cause.getCause() instanceof BindValidationException invalid) {
            var errors = invalid.getValidationErrors();
            var first = errors.getAllErrors().getFirst();
            var others = errors.getAllErrors().stream()
                    .skip(1)
                    .map(error -> "; " + setting(errors, error) + " " + error.getDefaultMessage())
                    .collect(Collectors.joining());
            return Refusal.of(setting(errors, first), first.getDefaultMessage() + others, failure);
        }
        var type = cause.getTarget().getType().resolve(Object.class);
        return Refusal.of(cause.getName().toString(), "cannot be read as " + type.getSimpleName(), failure);
    }

    private static String setting(ValidationErrors errors, org.springframework.validation.ObjectError error) {
        var prefix = errors.getName().toString();
        return error instanceof FieldError field
                ? prefix + '.' + DataObjectPropertyName.toDashedForm(field.getField())
                : prefix;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
