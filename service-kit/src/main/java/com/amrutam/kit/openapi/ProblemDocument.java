package com.amrutam.kit.openapi;

import com.amrutam.kit.problem.FieldError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457). Some codes have members of their own besides these.
 *
 * @param type identifies the kind of problem; the code with a fixed beginning
 * @param title what the kind of problem means, the same at every occurrence
 * @param status the HTTP status, again
 * @param detail what happened this time, for the developer
 * @param instance the path that was asked for
 * @param code the kind of problem, to be told apart by programs
 * @param traceId identifies this request in the service's logs; send it along when asking for help
 * @param errors what is wrong with which values, where some were not acceptable
 * @param retryAfter seconds after which to try again, where that helps
 */
@Schema(name = "Problem")
record ProblemDocument(
        URI type,
        String title,
        int status,
        String detail,
        URI instance,
        String code,
        String traceId,
        @Nullable List<FieldError> errors,
        @Nullable Long retryAfter) {}
