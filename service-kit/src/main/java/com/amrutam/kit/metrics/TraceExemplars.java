package com.amrutam.kit.metrics;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;

/** Gives histogram buckets the trace of a request that fell into them, so that a slow one leads to its logs and spans. */
final class TraceExemplars implements SpanContext {
    @Override
    public String getCurrentTraceId() {
        return current().getTraceId();
    }

    @Override
    public String getCurrentSpanId() {
        return current().getSpanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return current().isValid() && current().isSampled();
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // Which traces are kept is decided elsewhere.
    }

    private static io.opentelemetry.api.trace.SpanContext current() {
        return Span.current().getSpanContext();
    }
}
