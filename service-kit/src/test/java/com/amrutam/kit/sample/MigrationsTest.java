package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.kit.data.Migrations;
import com.amrutam.kit.instance.Instance;
import com.amrutam.localstack.junit.LocalStack;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations as a step of their own: a job migrates, instances only look whether it did. */
@ExtendWith(LocalStack.class)
class MigrationsTest {
    /** A service whose schema nobody has touched yet. */
    private static final String SERVICE = "notification";

    @Test
    void a_job_migrates_and_instances_that_do_not_refuse_a_schema_behind_and_take_one_ahead() throws SQLException {
        var elsewhere = Map.of(
                "spring.application.name",
                SERVICE,
                "spring.profiles.active",
                SampleService.ELSEWHERE,
                "amrutam.migrations.at-start",
                "false");

        assertThatThrownBy(() -> Instance.start(SampleService.class, elsewhere))
                .hasStackTraceContaining("schema notification lacks V0_1__outbox.sql")
                .hasStackTraceContaining("V1__sample.sql: run this service once with the argument migrate");

        Migrations.migrateOrRun(SampleService.class, "migrate", "--spring.application.name=" + SERVICE);
        assertThat(exists("select from pg_tables where schemaname = 'notification' and tablename = 'sample'"))
                .isTrue();
        assertThat(exists("select from pg_replication_slots where slot_name = 'notification_outbox'"))
                .as("the service itself was started")
                .isFalse();

        try (var instance = Instance.start(SampleService.class, elsewhere)) {
            assertThat(instance.port()).isPositive();
        }

        // What a later version leaves to one that is gone back to: a migration of its own, and one of the kit's.
        migrated("99");
        migrated("0.99");
        var migratingItself = new HashMap<>(elsewhere);
        migratingItself.remove("amrutam.migrations.at-start");
        try (var instance = Instance.start(SampleService.class, migratingItself)) {
            assertThat(instance.port()).isPositive();
        }
    }

    private static void migrated(String version) throws SQLException {
        try (var connection = LocalStack.connect();
                var insert = connection.prepareStatement("""
                        insert into notification.flyway_schema_history
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        select max(installed_rank) + 1, ?, 'later', 'SQL', 'V__later.sql', 'test', 0, true
                        from notification.flyway_schema_history""")) {
            insert.setString(1, version);
            insert.executeUpdate();
        }
    }

    private static boolean exists(String query) throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            return statement.executeQuery(query).next();
        }
    }
}
