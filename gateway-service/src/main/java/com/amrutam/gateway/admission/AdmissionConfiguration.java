package com.amrutam.gateway.admission;

import com.amrutam.kit.problem.Problems;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {
    /** After CORS (-120), so that a browser can read the refusal, and before the limits (-110), which ask Redis. */
    private static final int BEFORE_LIMITS = -115;

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilter(AdmissionProperties properties, Problems problems) {
        var registration = new FilterRegistrationBean<>(new AdmissionFilter(properties.requests(), problems));
        registration.setOrder(BEFORE_LIMITS);
        return registration;
    }
}
