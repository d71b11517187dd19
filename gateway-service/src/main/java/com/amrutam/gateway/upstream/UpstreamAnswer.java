package com.amrutam.gateway.upstream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** A service's answer on its way to the client: status, headers and body as they came. */
final class UpstreamAnswer implements ServerResponse {
    private static final Logger log = LoggerFactory.getLogger(UpstreamAnswer.class);
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Cancellable request;
    private final ClassicHttpResponse upstream;
    private final Runnable whenDone;

    /**
     * @param request what was asked; cancelling it drops the connection, where closing the answer would read on
     * @param whenDone to be run once, when the answer was passed on or given up
     */
    UpstreamAnswer(Cancellable request, ClassicHttpResponse upstream, Runnable whenDone) {
        this.request = request;
        this.upstream = upstream;
        this.whenDone = whenDone;
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(upstream.getCode());
    }

    @Override
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        for (var header : upstream.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        return headers;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());
    }

    @Override
    public @Nullable ModelAndView writeTo(
            HttpServletRequest servletRequest, HttpServletResponse response, Context context) {
        try {
            response.setStatus(upstream.getCode());
            writeHeaders(response);
            if (!passOn(response)) {
                BrokenAnswerFilter.markBroken(servletRequest);
            }
        } catch (IOException e) {
            // The service learns from its connection that nobody listens any more.
            request.cancel();
            log.atDebug().setCause(e).log("The client went away before the answer's end");
        } finally {
            close();
        }
        return null;
    }

    private void close() {
        whenDone.run();
        try {
            upstream.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The connection to a service was closed already");
        }
    }

    /** The service's word replaces the gateway's where both set a header, such as the request id. */
    private void writeHeaders(HttpServletResponse response) {
        var written = new HashSet<String>();
        for (var header : upstream.getHeaders()) {
            if (UpstreamHeaders.isForTheClient(header.getName())) {
                if (written.add(header.getName())) {
                    response.setHeader(header.getName(), header.getValue());
                } else {
                    response.addHeader(header.getName(), header.getValue());
                }
            }
        }
    }

    /** @return false when the service broke off in the middle */
    private boolean passOn(HttpServletResponse response) throws IOException {
        var entity = upstream.getEntity();
        if (entity == null) {
            return true;
        }
        var type = entity.getContentType();
        boolean isLive = type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
        var from = entity.getContent();
        var to = response.getOutputStream();
        if (isLive) {
            response.flushBuffer();
        }
        var length = entity.getContentLength();
        var buffer = new byte[length > 0 && length < BUFFER_BYTES ? (int) length : BUFFER_BYTES];
        while (true) {
            int read;
            try {
                read = from.read(buffer);
            } catch (IOException e) {
                log.atWarn().addKeyValue("cause", e.toString()).log("A service broke off in the middle of its answer");
                return false;
            }
            if (read < 0) {
                return true;
            }
            to.write(buffer, 0, read);
            if (isLive) {
                to.flush();
            }
        }
    }
}
