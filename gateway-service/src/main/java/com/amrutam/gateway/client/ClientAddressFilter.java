package com.amrutam.gateway.client;

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

/** From here on a request's remote address is the client's, whatever proxies lie between. */
final class ClientAddressFilter extends OncePerRequestFilter {
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
            chain.doFilter(request, response);
            return;
        }
        var client = addresses.client(InetAddress.ofLiteral(request.getRemoteAddr()), forwardedFor);
        chain.doFilter(new FromClient(request, client.getHostAddress()), response);
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
