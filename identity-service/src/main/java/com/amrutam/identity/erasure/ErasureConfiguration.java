package com.amrutam.identity.erasure;

import com.amrutam.kit.export.PersonalData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
    @Bean
    PersonalData personalData() {
        return new PersonalData()
                .with("user", """
                        select id, phone, roles, name, email, unverified_email, language, time_zone, muted_channels,
                               created_at, changed_at
                        from user_account where id = :userId""")
                .with("sessions", """
                        select started_at, expires_at, revoked from refresh_family
                        where user_id = :userId order by started_at""")
                .with("loginCodes", """
                        select requested_at, expires_at, outcome, client_address from login_challenge
                        where phone = (select phone from user_account where id = :userId) order by requested_at""")
                .with("emailCodes", """
                        select email, requested_at, expires_at, outcome from email_challenge
                        where user_id = :userId order by requested_at""")
                .with("auditTrail", """
                        select at, action, actor_id, subject_id, details from audit_entry
                        where actor_id = :userId or subject_id = :userId order by at, id""");
    }
}
