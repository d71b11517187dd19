package com.amrutam.kit.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace a request or event belongs to, in W3C Trace Context terms. Logs, problem documents and events carry it.
 * It lives in the logging context, so whatever manages that (an OpenTelemetry agent too) is the one source.
 *
 * @param traceId 32 hex digits, the same in every service a request touches
 * @param spanId 16 hex digits, this service's part of it
 */
public record Trace(String traceId, String spanId) {
    /** The W3C header that carries a trace from one process to the next. */
    public static final String HEADER = "traceparent";

    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");
    private static final String NO_TRACE = "0".repeat(32);

    /** The trace of this thread; a new one, not kept, when none was started. */
    public static Trace current() {
        var traceId = MDC.get(TRACE_ID);
        var spanId = MDC.get(SPAN_ID);
        return traceId == null || spanId == null ? start() : new Trace(traceId, spanId);
    }

    /** A new trace. */
    public static Trace start() {
        return new Trace(hex(2), hex(1));
    }

    /** Goes on with the trace of a {@code traceparent} value under a span of its own; a missing or bad value starts one. */
    public static Trace continued(@Nullable String traceparent) {
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches() && !matcher.group(1).equals(NO_TRACE)) {
                return new Trace(matcher.group(1), hex(1));
            }
        }
        return start();
    }

    /** Makes this the trace of the current thread until the scope is closed. */
    public Scope open() {
        MDC.put(TRACE_ID, traceId);
        MDC.put(SPAN_ID, spanId);
        return () -> {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
        };
    }

    /** The value of the {@code traceparent} header. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-01";
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
