package com.amrutam.kit.web;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace a request or event belongs to, in W3C Trace Context terms. Logs, problem documents and events carry it. It is
 * kept in OpenTelemetry's context, so that where an agent is attached its spans and ours are of the same trace, and for logs
 * in the logging context.
 *
 * @param traceId 32 hex digits, the same in every service a request touches
 * @param spanId 16 hex digits, this service's part of it
 * @param isSampled whether spans of it are recorded, where there is somebody to record them
 */
public record Trace(String traceId, String spanId, boolean isSampled) {
    /** The W3C header that carries a trace from one process to the next. */
    public static final String HEADER = "traceparent";

    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]([0-9a-f])");
    private static final String NO_TRACE = "0".repeat(32);

    /** The trace of this thread; a new one, not kept, when none was started. */
    public static Trace current() {
        var ofThisThread = ofThisThread();
        return ofThisThread == null ? start() : ofThisThread;
    }

    /** A new trace. */
    public static Trace start() {
        return new Trace(hex(2), hex(1), true);
    }

    /** The trace and span that a {@code traceparent} value names; a missing or bad value starts a trace. */
    public static Trace named(@Nullable String traceparent) {
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches() && !matcher.group(1).equals(NO_TRACE)) {
                boolean isSampled = (Character.digit(matcher.group(3).charAt(0), 16) & 1) == 1;
                return new Trace(matcher.group(1), matcher.group(2), isSampled);
            }
        }
        return start();
    }

    /**
     * Goes on with the trace of a {@code traceparent} value under a span of its own: the one an agent has begun on this thread
     * for what came in, where there is one. A missing or bad value starts a trace.
     */
    public static Trace continued(@Nullable String traceparent) {
        var begun = ofThisThread();
        if (begun != null) {
            return begun;
        }
        var sender = named(traceparent);
        return new Trace(sender.traceId, hex(1), sender.isSampled);
    }

    private static @Nullable Trace ofThisThread() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? new Trace(span.getTraceId(), span.getSpanId(), span.isSampled()) : null;
    }

    /** Makes this the trace of the current thread until the scope is closed. */
    @SuppressWarnings("MustBeClosedChecker") // The scope that is answered closes it.
    public Scope open() {
        var span = SpanContext.create(
                traceId,
                spanId,
                isSampled ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
        // The span an agent has begun is left in its place: what it learns of the request is written there.
        var context = equals(ofThisThread())
                ? io.opentelemetry.context.Scope.noop()
                : Span.wrap(span).makeCurrent();
        var outerTrace = MDC.get(TRACE_ID);
        var outerSpan = MDC.get(SPAN_ID);
        MDC.put(TRACE_ID, traceId);
        MDC.put(SPAN_ID, spanId);
        return () -> {
            restore(TRACE_ID, outerTrace);
            restore(SPAN_ID, outerSpan);
            context.close();
        };
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }

    /** The value of the {@code traceparent} header. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
    }

    private static String hex(int longs) {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(16 * longs);
        for (int i = 0; i < longs; i++) {
            text.append(HexFormat.of().toHexDigits(random.nextLong()));
        }
        return text.toString();
    }

    /** Ends a trace on this thread; closing throws nothing. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
