package com.amrutam.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TraceTest {
    private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void an_open_trace_is_the_logs_and_the_tracers_until_it_is_closed() {
        var outer = Trace.start();
        var inner = Trace.named(SENT);
        try (var _ = outer.open()) {
            try (var _ = inner.open()) {
                assertThat(Trace.current()).isEqualTo(inner);
                assertThat(MDC.get("trace_id")).isEqualTo(inner.traceId());
                assertThat(Span.current().getSpanContext().getSpanId()).isEqualTo(inner.spanId());
            }
            assertThat(Trace.current()).isEqualTo(outer);
            assertThat(MDC.get("span_id")).isEqualTo(outer.spanId());
        }
        assertThat(MDC.get("trace_id")).isNull();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void who_goes_on_with_a_trace_has_a_span_of_their_own_and_keeps_the_decision_to_record() {
        var sent = Trace.named(SENT);
        var unrecorded = Trace.continued("00-" + sent.traceId() + "-" + sent.spanId() + "-00");

        assertThat(unrecorded.traceId()).isEqualTo(sent.traceId());
        assertThat(unrecorded.spanId()).isNotEqualTo(sent.spanId());
        assertThat(unrecorded.traceparent()).endsWith("-00");
        assertThat(sent.traceparent()).isEqualTo(SENT);
    }

    @Test
    void the_span_an_agent_has_begun_is_the_one_that_goes_on() {
        var agents = Trace.start();
        try (var _ = agents.open()) {
            assertThat(Trace.continued(SENT)).isEqualTo(agents);
        }
    }

    @Test
    void a_bad_header_starts_a_trace() {
        assertThat(Trace.named("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01").traceId())
                .isNotEqualTo("0".repeat(32));
        assertThat(Trace.named("rubbish").traceId()).matches("[0-9a-f]{32}");
    }
}
