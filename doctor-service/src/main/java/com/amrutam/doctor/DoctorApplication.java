package com.amrutam.doctor;

import com.amrutam.kit.data.Migrations;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Lets patients find a doctor who has time for them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DoctorApplication {
    public static void main(String[] arguments) {
        Migrations.migrateOrRun(DoctorApplication.class, arguments);
    }
}
