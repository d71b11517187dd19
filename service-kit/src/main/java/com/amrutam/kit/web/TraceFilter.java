package com.amrutam.kit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts every request into its trace before anything else looks at it, and tells the client the trace id. */
final class TraceFilter extends OncePerRequestFilter {
    /** Named by convention of many gateways; support asks for it. */
    private static final String REQUEST_ID = "X-Request-Id";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trace = Trace.continued(request.getHeader(Trace.HEADER));
        response.setHeader(REQUEST_ID, trace.traceId());
        try (var _ = trace.open()) {
            chain.doFilter(request, response);
        }
    }
}
