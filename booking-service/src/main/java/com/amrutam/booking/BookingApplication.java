package com.amrutam.booking;

import com.amrutam.kit.security.AccessRules;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

@SpringBootApplication
@ConfigurationPropertiesScan
class BookingApplication {
    static void main(String[] arguments) {
        SpringApplication.run(BookingApplication.class, arguments);
    }

    /** Holding and booking is for patients; whose resource it is, is decided where the data is. */
    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers("/api/v1/slot-locks/**")
                .hasRole("PATIENT")
                .requestMatchers("/api/v1/waitlist/**")
                .hasRole("PATIENT")
                .requestMatchers(HttpMethod.POST, "/api/v1/appointments")
                .hasRole("PATIENT");
    }
}
