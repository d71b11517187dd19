package com.amrutam.booking;

import com.amrutam.kit.data.Migrations;
import com.amrutam.kit.export.PersonalData;
import com.amrutam.kit.security.AccessRules;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

@SpringBootApplication
@ConfigurationPropertiesScan
class BookingApplication {
    static void main(String[] arguments) {
        Migrations.migrateOrRun(BookingApplication.class, arguments);
    }

    /** What patients may ask a copy of. */
    @Bean
    PersonalData personalData() {
        return new PersonalData()
                .with("appointments", """
                        select id, version, status, slot_id, doctor_id, mode, starts_at, ends_at, reason, booked_at
                        from appointment where patient_id = :userId order by starts_at, id""")
                .with("slotLocks", """
                        select id, slot_id, doctor_id, mode, starts_at, ends_at, status, reason, created_at, expires_at
                        from slot_lock where patient_id = :userId order by created_at, id""")
                .with("waitlist", """
                        select id, doctor_id, mode, from_at, to_at, status, joined_at
                        from waitlist_entry where patient_id = :userId order by joined_at, id""")
                .with("reviews", """
                        select id, appointment_id, doctor_id, rating, comment, reviewed_at
                        from review where patient_id = :userId order by reviewed_at, id""");
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
