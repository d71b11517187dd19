package com.amrutam.kit.client;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * From here on a request's remote address is the client's, whatever proxies lie between, and is told as the attribute
 * {@value #ATTRIBUTE} too: but not when an untrusted peer speaks for others, since then all of them would look like one.
 */
public final class ClientAddressFilter extends OncePerRequestFilter {
    /** Request attribute with the client's address as text, absent when it is not known. */
    public static final String ATTRIBUTE = "amrutam.client.address";

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final ClientAddresses addresses;

    ClientAddressFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var forwardedFor = forwardedFor(request);
        if (forwardedFor.isEmpty()) {
            request.setAttribute(ATTRIBUTE, request.getRemoteAddr());
            chain.doFilter(request, response);
            return;
        }
        var peer = InetAddress.ofLiteral(request.getRemoteAddr());
        var client = addresses.client(peer, forwardedFor).getHostAddress();
        if (addresses.isTrusted(peer)) {
            request.setAttribute(ATTRIBUTE, client);
        }
        chain.doFilter(new FromClient(request, client), response);
    }

    private static List<String> forwardedFor(HttpServletRequest request) {
        return Collections.list(request.getHeaders(FORWARDED_FOR)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .toList();
    }

    private static final class FromClient extends HttpServletRequestWrapper {
        private final String address;

        FromClient(HttpServletRequest request, String address) {
            super(request);
            this.address = address;
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public String getRemoteHost() {
            return address;
        }
    }
}
