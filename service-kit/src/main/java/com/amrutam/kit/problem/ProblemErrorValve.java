package com.amrutam.kit.problem;

import com.amrutam.kit.web.Trace;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Answers what Tomcat refuses before any filter of ours runs (a broken request line, oversized headers) with a problem
 * document instead of Tomcat's HTML page. The document is put together by hand: nothing of Spring is reachable here.
 */
public final class ProblemErrorValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem = CommonProblem.of(HttpStatusCode.valueOf(status));
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            var writer = response.getReporter();
            if (writer != null) {
                writer.write("""
                        {"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s","traceId":"%s"}""".formatted(
                                problem.type(),
                                problem.title(),
                                status,
                                problem.title(),
                                problem.code(),
                                Trace.start().traceId()));
                response.finishResponse();
            }
        } catch (IOException e) {
            // The client has gone; there is nobody to tell.
            container.getLogger().debug("Could not report an error", e);
        }
    }
}
