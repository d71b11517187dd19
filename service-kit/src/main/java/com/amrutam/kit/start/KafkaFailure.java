package com.amrutam.kit.start;

import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Brokers that cannot be looked for. One that does not answer keeps no service from starting. */
final class KafkaFailure extends AbstractFailureAnalyzer<ConfigException> implements Ordered {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, ConfigException cause) {
        var says = Objects.requireNonNullElse(cause.getMessage(), "");
        return says.contains("bootstrap.servers")
                ? Refusal.of("spring.kafka.bootstrap-servers", "does not work: " + says, failure)
                : null;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
