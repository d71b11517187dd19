package com.amrutam.kit.admission;

import com.amrutam.kit.problem.Problems;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** A bound on the requests that an instance has under way. */
@AutoConfiguration
@ConditionalOnWebApplication
@EnableConfigurationProperties(AdmissionProperties.class)
class AdmissionAutoConfiguration {
    /** Before what costs something: the gateway's limits (-110), which ask Redis, and security (-100). */
    private static final int ORDER = -115;

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilter(AdmissionProperties properties, Problems problems) {
        var registration = new FilterRegistrationBean<>(new AdmissionFilter(properties, problems));
        registration.setOrder(ORDER);
        return registration;
    }
}
