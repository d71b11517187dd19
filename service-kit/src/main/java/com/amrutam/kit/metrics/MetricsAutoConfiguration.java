package com.amrutam.kit.metrics;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What every service's metrics carry. */
@AutoConfiguration
class MetricsAutoConfiguration {
    @Bean
    SpanContext traceExemplars() {
        return new TraceExemplars();
    }
}
