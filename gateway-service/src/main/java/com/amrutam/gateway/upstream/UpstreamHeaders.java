package com.amrutam.gateway.upstream;

import com.amrutam.kit.web.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Which headers go on: all but those that are about one connection (RFC 9110, 7.6.1) and those that the gateway says in
 * its own name, such as the client's address and the trace.
 */
final class UpstreamHeaders {
    private static final NavigableSet<String> OF_A_CONNECTION = anyCase(List.of(
            "Connection",
            "Expect",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade"));

    /** Host and length are the HTTP client's to write. */
    private static final NavigableSet<String> OURS =
            anyCase(List.of("Content-Length", "Forwarded", "Host", Trace.HEADER, "X-Request-Id"));

    private static final String FORWARDED = "X-Forwarded-";

    private UpstreamHeaders() {}

    static void copy(HttpServletRequest from, HttpRequest to) {
        var ofThisConnection = listed(from.getHeaders("Connection"));
        for (var names = from.getHeaderNames(); names.hasMoreElements(); ) {
            var name = names.nextElement();
            if (!OF_A_CONNECTION.contains(name)
                    && !ofThisConnection.contains(name)
                    && !OURS.contains(name)
                    && !name.regionMatches(true, 0, FORWARDED, 0, FORWARDED.length())) {
                from.getHeaders(name).asIterator().forEachRemaining(value -> to.addHeader(name, value));
            }
        }
        var trace = Trace.current();
        to.addHeader("X-Forwarded-For", from.getRemoteAddr());
        to.addHeader(Trace.HEADER, trace.traceparent());
        to.addHeader("X-Request-Id", trace.traceId());
    }

    /** Whether a header of an answer goes on to the client. */
    static boolean isForTheClient(String name) {
        return !OF_A_CONNECTION.contains(name);
    }

    private static NavigableSet<String> listed(Enumeration<String> values) {
        return values.hasMoreElements()
                ? anyCase(Collections.list(values).stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .toList())
                : Collections.emptyNavigableSet();
    }

    private static NavigableSet<String> anyCase(List<String> names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return set;
    }
}
