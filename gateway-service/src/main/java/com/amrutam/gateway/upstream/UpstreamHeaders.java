package com.amrutam.gateway.upstream;

import com.amrutam.kit.web.Trace;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * What the gateway says about a request in its own name: the client's address and the trace. It runs after the library's
 * filters have thrown away every {@code Forwarded} and {@code X-Forwarded-*} the client sent.
 */
final class UpstreamHeaders implements RequestHttpHeadersFilter, Ordered {
    @Override
    public HttpHeaders apply(HttpHeaders original, ServerRequest request) {
        var headers = new HttpHeaders();
        headers.putAll(original);
        headers.set("X-Forwarded-For", request.servletRequest().getRemoteAddr());
        var trace = Trace.current();
        headers.set(Trace.HEADER, trace.traceparent());
        headers.set("X-Request-Id", trace.traceId());
        return headers;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
