package com.amrutam.identity;

import com.amrutam.kit.data.Migrations;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Says who somebody is, to themselves and to every other service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IdentityApplication {
    public static void main(String[] arguments) {
        Migrations.migrateOrRun(IdentityApplication.class, arguments);
    }
}
