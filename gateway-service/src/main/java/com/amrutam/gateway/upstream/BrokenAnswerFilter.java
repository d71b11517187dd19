package com.amrutam.gateway.upstream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An answer that broke off in the middle must not look whole: the failure is thrown here, outside of Spring MVC (whose
 * advice would append a problem document to half an answer), and makes Tomcat cut the client's connection.
 */
final class BrokenAnswerFilter extends OncePerRequestFilter {
    private static final String BROKEN = BrokenAnswerFilter.class.getName();

    static void markBroken(HttpServletRequest request) {
        request.setAttribute(BROKEN, true);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(BROKEN) != null) {
            throw new IOException("The service broke off in the middle of its answer");
        }
    }
}
