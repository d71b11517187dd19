package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Backups;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is run after a restore fits the services' tables. Tried in a transaction that is rolled back. */
@ExtendWith(RunningSystem.class)
class RestoredVersionsTest {
    private static final int LIFT = 1000;

    @Test
    void what_happens_after_a_restore_outranks_what_was_lost() throws Exception {
        var patient = Visit.patient();
        var appointment = Visit.book(patient, Visit.slot(patient));
        String script;
        try (var file = Objects.requireNonNull(Backups.class.getResourceAsStream("after-restore.sql"))) {
            script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (var connection = RunningSystem.stack().connect()) {
            connection.setAutoCommit(false);
            var slots = "select max(version) from booking.slot";
            var booked = "select version from booking.appointment where id = '%s'".formatted(appointment.text("id"));
            var doctors = "select max(version) from doctor.doctor";
            var people = "select min(version) from identity.user_account";
            int slotsBefore = number(connection, slots);
            int doctorsBefore = number(connection, doctors);

            connection.createStatement().execute(script);

            assertThat(number(connection, slots)).isEqualTo(slotsBefore + LIFT);
            assertThat(number(connection, booked)).isEqualTo(1 + LIFT);
            assertThat(number(connection, doctors)).isEqualTo(doctorsBefore + LIFT);
            assertThat(number(connection, people)).isGreaterThan(LIFT);
            connection.rollback();
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
