package com.amrutam.kit.web;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link PageRequest} from the query. */
final class PageRequestResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var cursor = request.getParameter("cursor");
        return new PageRequest(limit(request.getParameter("limit")), cursor == null ? null : Cursor.parse(cursor));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        var message = "must be a whole number from 1 to " + PageRequest.MAX_LIMIT;
        throw new ProblemException(
                CommonProblem.MALFORMED_REQUEST, "limit " + message, List.of(new FieldError("limit", message)));
    }
}
