package com.amrutam.doctor;

import com.amrutam.kit.export.PersonalData;
import com.amrutam.kit.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Anyone may look for a doctor; only doctors tell of themselves, and only administrators vouch for them. */
@Configuration(proxyBeanMethods = false)
class DoctorAccess {
    /** What doctors may ask a copy of; patients are not known here. */
    @Bean
    PersonalData personalData() {
        return new PersonalData()
                .with("profile", """
                        select id, version, name, specializations, languages, city, online, in_person, fee_amount,
                               fee_currency, experience_years, registration_number, photo_url, verified, review_count, rating
                        from doctor where id = :userId""")
                .with("schedule", """
                        select time_zone, horizon_days, minimum_notice_minutes, version from schedule
                        where doctor_id = :userId""")
                .with("weeklyHours", """
                        select day, from_minute, to_minute, slot_minutes, buffer_minutes, online, in_person
                        from weekly_hours where doctor_id = :userId order by position""")
                .with("scheduleExceptions", """
                        select date, closed, from_minute, to_minute, slot_minutes, buffer_minutes, online, in_person
                        from schedule_exception where doctor_id = :userId order by position""");
    }

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
