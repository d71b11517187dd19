package com.amrutam.notification;

import com.amrutam.kit.security.AccessRules;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@ConfigurationPropertiesScan
class NotificationApplication {
    static void main(String[] arguments) {
        SpringApplication.run(NotificationApplication.class, arguments);
    }

    /** The local stack's mailbox has no lock; outside the local profile nothing answers there. */
    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers("/dev/messages").permitAll();
    }
}
