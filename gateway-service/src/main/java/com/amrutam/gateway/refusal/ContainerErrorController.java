package com.amrutam.gateway.refusal;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where Tomcat sends requests it has turned away itself, such as TRACE. Asked for directly, it is nothing. */
@RestController
class ContainerErrorController implements ErrorController {
    @RequestMapping("/error")
    void refuse(
            @RequestAttribute(name = RequestDispatcher.ERROR_STATUS_CODE, required = false) @Nullable Integer status) {
        if (status == null) {
            throw ProblemException.notFound();
        }
        var problem = CommonProblem.of(HttpStatusCode.valueOf(status));
        throw new ProblemException(problem, problem.title());
    }
}
