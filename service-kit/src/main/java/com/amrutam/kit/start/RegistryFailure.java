package com.amrutam.kit.start;

import com.amrutam.events.wire.SchemaRegistry;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** A schema registry that is not there. */
final class RegistryFailure extends AbstractFailureAnalyzer<SchemaRegistry.RegistryUnavailable> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable failure, SchemaRegistry.RegistryUnavailable cause) {
        return Refusal.of("amrutam.schema-registry.url", "does not work: " + cause.getMessage(), failure);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
