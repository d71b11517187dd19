package com.amrutam.kit.data;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/** Starts a service that has a schema; or, with the argument {@code migrate}, brings that up to date and does no more. */
public final class Migrations {
    private static final String MIGRATE = "migrate";

    private Migrations() {}

    /** @param arguments of the service's {@code main} */
    public static void migrateOrRun(Class<?> service, String... arguments) {
        if (List.of(arguments).contains(MIGRATE)) {
            new SpringApplicationBuilder(SchemaOnly.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments)
                    .close();
        } else {
            SpringApplication.run(service, arguments);
        }
    }

    /** The database and Flyway; neither listeners nor relay. */
    @ImportAutoConfiguration({PoolsAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class SchemaOnly {}
}
