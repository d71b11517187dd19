package com.amrutam.notification;

import com.amrutam.kit.data.Migrations;
import com.amrutam.kit.export.PersonalData;
import com.amrutam.kit.security.AccessRules;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

@SpringBootApplication
@ConfigurationPropertiesScan
class NotificationApplication {
    static void main(String[] arguments) {
        Migrations.migrateOrRun(NotificationApplication.class, arguments);
    }

    /**
     * Receipts are signed instead. The local stack's mailbox and previews have no lock; outside the local profile nothing
     * answers there.
     */
    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers(HttpMethod.POST, "/api/v1/notifications/receipts/*")
                .permitAll()
                .requestMatchers("/api/v1/admin/notifications/**")
                .hasRole("ADMIN")
                .requestMatchers("/dev/**")
                .permitAll();
    }

    /** What people may ask a copy of. */
    @Bean
    PersonalData personalData() {
        return new PersonalData().with("contact", """
                        select user_id, phone, email, language, time_zone, version from contact
                        where user_id = :userId""").with("messages", """
                        select id, kind, channel, recipient, subject, state, reason, created_at, sent_at,
                               case when code_subject is null then text end as text
                        from message where user_id = :userId
                           or recipient = (select phone from contact where user_id = :userId)
                        order by created_at, id""");
    }
}
