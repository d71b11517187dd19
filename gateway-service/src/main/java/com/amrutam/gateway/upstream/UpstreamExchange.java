package com.amrutam.gateway.upstream;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Passes a request on and its answer back, both as streams. The library's own handler drains an answer to its end
 * before it lets a connection go, which with a live stream is never, leaks the connection where a client's
 * {@code If-None-Match} cuts the answer short, and takes each request's headers through six filters and their copies,
 * which costs as much as asking the service; this one drops the connection of what is not read to the end, and copies
 * once.
 */
public final class UpstreamExchange {
    private static final Logger log = LoggerFactory.getLogger(UpstreamExchange.class);
    private static final URI ROOT = URI.create("/");
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Services services;
    private final CloseableHttpClient client;
    private final long maxRequestBytes;

    UpstreamExchange(Services services, CloseableHttpClient client, DataSize maxRequestSize) {
        this.services = services;
        this.client = client;
        this.maxRequestBytes = maxRequestSize.toBytes();
    }

    /**
     * A handler that asks this service.
     *
     * @throws IllegalStateException when nobody said where it is
     */
    public HandlerFunction<ServerResponse> with(String name) {
        var service = services.named(name);
        return request -> exchange(request.servletRequest(), service);
    }

    private ServerResponse exchange(HttpServletRequest request, Service service) {
        if (request.getContentLengthLong() > maxRequestBytes) {
            throw tooLarge();
        }
        var breaker = service.breaker();
        if (!breaker.tryAcquirePermission()) {
            throw new ProblemException(
                            CommonProblem.SERVICE_UNAVAILABLE, "The service has failed too often to be asked right now")
                    .retryAfter(RETRY);
        }
        var begun = System.nanoTime();
        try {
            var answer = answer(request, service);
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            return answer;
        } catch (ClientBody.TooLarge e) {
            breaker.releasePermission();
            throw tooLarge();
        } catch (ClientBody.Broken e) {
            breaker.releasePermission();
            throw new ProblemException(CommonProblem.MALFORMED_REQUEST, "The body broke off");
        } catch (IOException e) {
            breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
            log.atWarn()
                    .addKeyValue("upstream", service.name())
                    .addKeyValue("cause", e.toString())
                    .log("A service did not answer; the client is told so");
            throw problem(e);
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                CommonProblem.PAYLOAD_TOO_LARGE, "At most %d KiB are read".formatted(maxRequestBytes / 1024));
    }

    private UpstreamAnswer answer(HttpServletRequest request, Service service) throws IOException {
        var first = service.pick(null);
        try {
            return ask(request, first);
        } catch (IOException e) {
            boolean neverArrived = isNowhere(e);
            if (neverArrived) {
                first.setReady(false);
            }
            var second = service.pick(first);
            if (neverArrived ? second == first : !mayRepeat(request, e)) {
                throw e;
            }
            log.atInfo()
                    .addKeyValue("upstream", service.name())
                    .addKeyValue("instance", second.host())
                    .addKeyValue("cause", e.toString())
                    .log("A request is sent once more");
            try {
                return ask(request, second);
            } catch (IOException again) {
                if (isNowhere(again)) {
                    second.setReady(false);
                }
                throw again;
            }
        }
    }

    /** What was sent to nobody can be sent to another, whatever it is: its body has not been touched. */
    private static boolean isNowhere(IOException e) {
        return switch (e) {
            case ConnectionRequestTimeoutException _ -> false;
            case ConnectException _, ConnectTimeoutException _, NoRouteToHostException _, UnknownHostException _ ->
                true;
            default -> false;
        };
    }

    /** A read that was broken off, by a restart or on a connection that was dead already. Silence is not asked twice. */
    private static boolean mayRepeat(HttpServletRequest request, IOException e) {
        return READS.contains(request.getMethod())
                && request.getContentLengthLong() <= 0
                && !(e instanceof SocketTimeoutException)
                && !(e instanceof ConnectionRequestTimeoutException)
                && !(e instanceof ClientBody.Broken)
                && !(e instanceof ClientBody.TooLarge);
    }

    private UpstreamAnswer ask(HttpServletRequest request, Instance instance) throws IOException {
        var upstreamRequest = upstreamRequest(request);
        instance.begin();
        try {
            return new UpstreamAnswer(
                    upstreamRequest, client.executeOpen(instance.host(), upstreamRequest, null), instance::end);
        } catch (IOException | RuntimeException e) {
            instance.end();
            throw e;
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

    private HttpUriRequestBase upstreamRequest(HttpServletRequest request) throws IOException {
        var upstream = new HttpUriRequestBase(request.getMethod(), ROOT);
        upstream.setPath(
                request.getQueryString() == null
                        ? request.getRequestURI()
                        : request.getRequestURI() + '?' + request.getQueryString());
        UpstreamHeaders.copy(request, upstream);
        var body = request.getInputStream();
        if (!body.isFinished()) {
            // The length is the client's, or none: then the body goes on in chunks, as it came.
            upstream.setEntity(
                    new InputStreamEntity(new ClientBody(body, maxRequestBytes), request.getContentLengthLong(), null));
        }
        return upstream;
    }

    /** Tells a client that breaks off from a service that does, and reads no more than is allowed. */
    private static final class ClientBody extends FilterInputStream {
        private long left;

        ClientBody(InputStream body, long atMost) {
            super(body);
            this.left = atMost;
        }

        @Override
        public int read() throws IOException {
            try {
                int one = super.read();
                count(one < 0 ? 0 : 1);
                return one;
            } catch (TooLarge e) {
                throw e;
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                count(Math.max(read, 0));
                return read;
            } catch (TooLarge e) {
                throw e;
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        private void count(int bytes) throws TooLarge {
            left -= bytes;
            if (left < 0) {
                throw new TooLarge();
            }
        }

        static final class Broken extends IOException {
            Broken(IOException cause) {
                super(cause);
            }
        }

        static final class TooLarge extends IOException {}
    }
}
