package com.amrutam.kit.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record's components are required unless they are nullable: those are left out of the JSON, never {@code null}. */
final class RecordSchemas implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema == null || type.getType() == null) {
            return schema;
        }
        var raw = Json.mapper().constructType(type.getType()).getRawClass();
        var model = schema.get$ref() == null
                ? schema
                : context.getDefinedModels()
                        .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
        if (raw.isRecord() && model != null && model.getProperties() != null) {
            Arrays.stream(raw.getRecordComponents())
                    .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(component -> component.getName())
                    .filter(model.getProperties()::containsKey)
                    .filter(name ->
                            model.getRequired() == null || !model.getRequired().contains(name))
                    .forEach(model::addRequiredItem);
        }
        return schema;
    }

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordSchemas;
    }

    @Override
    public int hashCode() {
        return Objects.hash(RecordSchemas.class);
    }
}
