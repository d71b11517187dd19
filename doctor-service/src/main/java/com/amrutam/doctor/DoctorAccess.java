package com.amrutam.doctor;

import com.amrutam.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Anyone may look for a doctor; only doctors tell of themselves, and only administrators vouch for them. */
@Configuration(proxyBeanMethods = false)
class DoctorAccess {
    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers("/api/v1/doctors/me/**")
                .hasRole("DOCTOR")
                .requestMatchers("/api/v1/admin/**")
                .hasRole("ADMIN")
                .requestMatchers(HttpMethod.GET, "/api/v1/doctors/**", "/api/v1/specializations")
                .permitAll();
    }
}
