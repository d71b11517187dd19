package com.amrutam.gateway.upstream;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Passes a request on and its answer back, both as streams. The library's own exchange drains an answer to its end
 * before it lets a connection go, which with a live stream is never, and leaks the connection where a client's
 * {@code If-None-Match} cuts the answer short; this one drops the connection of what is not read to the end.
 */
final class UpstreamExchange implements ProxyExchange {
    private static final Logger log = LoggerFactory.getLogger(UpstreamExchange.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final CloseableHttpClient client;

    UpstreamExchange(CloseableHttpClient client) {
        this.client = client;
    }

    @Override
    public ServerResponse exchange(Request request) {
        var uri = Objects.requireNonNull(request.getUri());
        try {
            var upstreamRequest = upstreamRequest(request, uri);
            var answer = new UpstreamAnswer(upstreamRequest, client.executeOpen(host(uri), upstreamRequest, null));
            request.getResponseConsumers().forEach(consumer -> consumer.accept(answer, answer));
            return answer;
        } catch (ClientBody.Broken e) {
            throw new ProblemException(CommonProblem.MALFORMED_REQUEST, "The body broke off");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("upstream", host(uri))
                    .addKeyValue("cause", e.toString())
                    .log("A service did not answer; the client is told so");
            throw problem(e);
        }
    }

    private static ProblemException problem(IOException e) {
        return switch (e) {
            case ConnectTimeoutException _,
                    ConnectionRequestTimeoutException _,
                    ConnectException _,
                    NoRouteToHostException _,
                    UnknownHostException _ ->
                new ProblemException(CommonProblem.SERVICE_UNAVAILABLE, "The service is not there right now")
                        .retryAfter(RETRY);
            case SocketTimeoutException _ ->
                new ProblemException(CommonProblem.GATEWAY_TIMEOUT, "The service did not answer in time");
            default -> new ProblemException(CommonProblem.BAD_GATEWAY, "The service broke off before it answered");
        };
    }

    private static HttpUriRequestBase upstreamRequest(Request request, URI uri) throws IOException {
        var upstream = new HttpUriRequestBase(request.getMethod().name(), uri);
        request.getHeaders().forEach((name, values) -> values.forEach(value -> upstream.addHeader(name, value)));
        var servletRequest = request.getServerRequest().servletRequest();
        var body = servletRequest.getInputStream();
        if (!body.isFinished()) {
            // The length is the client's, or none: then the body goes on in chunks, as it came.
            upstream.setEntity(
                    new InputStreamEntity(new ClientBody(body), servletRequest.getContentLengthLong(), null));
        }
        return upstream;
    }

    private static HttpHost host(URI uri) {
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /** Tells a client that breaks off from a service that does. */
    private static final class ClientBody extends FilterInputStream {
        ClientBody(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        static final class Broken extends IOException {
            Broken(IOException cause) {
                super(cause);
            }
        }
    }
}
