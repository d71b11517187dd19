package com.amrutam.kit.data;

import com.amrutam.kit.setting.SettingRefused;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/** What a starting instance does about its schema. */
@AutoConfiguration
@ConditionalOnClass(Flyway.class)
@EnableConfigurationProperties(MigrationProperties.class)
class MigrationsAutoConfiguration {
    @Bean
    FlywayMigrationStrategy migrationStrategy(MigrationProperties properties) {
        return properties.atStart() ? Flyway::migrate : MigrationsAutoConfiguration::requireUpToDate;
    }

    /** A schema that is ahead is fine: another instance's version is newer, and migrations keep the one before working. */
    private static void requireUpToDate(Flyway flyway) {
        var pending = flyway.info().pending();
        if (pending.length > 0) {
            var lacking = Arrays.stream(pending)
                    .map(migration -> migration.getScript())
                    .collect(Collectors.joining(", "));
            throw new SettingRefused(
                    "amrutam.migrations.at-start",
                    "is false, and schema %s lacks %s: run this service once with the argument migrate"
                            .formatted(flyway.getConfiguration().getDefaultSchema(), lacking),
                    null);
        }
    }
}
