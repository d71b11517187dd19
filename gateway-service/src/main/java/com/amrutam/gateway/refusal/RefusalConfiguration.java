package com.amrutam.gateway.refusal;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.problem.Problems;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.RequestRejectedHandler;

@Configuration(proxyBeanMethods = false)
class RefusalConfiguration {
    /** After the limits (-110), so that rubbish counts, and before Spring Security (-100). */
    private static final int ORDER = -105;

    @Bean
    FilterRegistrationBean<UnreadableQueryFilter> unreadableQueryFilter(Problems problems) {
        var registration = new FilterRegistrationBean<>(new UnreadableQueryFilter(problems));
        registration.setOrder(ORDER);
        return registration;
    }

    /** The firewall rejects what gateway and service might read differently: {@code //}, {@code ;}, {@code %2e} and so on. */
    @Bean
    RequestRejectedHandler firewallRefusal(Problems problems) {
        return (request, response, rejected) -> problems.write(
                request,
                response,
                new ProblemException(
                        CommonProblem.MALFORMED_REQUEST, "The method, path or a header is not acceptable"));
    }
}
