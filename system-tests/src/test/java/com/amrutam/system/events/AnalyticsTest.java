package com.amrutam.system.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.StockClients;
import com.amrutam.system.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/analytics.md promises, on the events of a real run. */
@ExtendWith(RunningSystem.class)
class AnalyticsTest {
    private static final String SPECIALIZATION = "KAUMARBHRITYA";

    private record Day(int booked, int cancelled, int noShows, double medianLeadHours) {}

    @Test
    void bookings_cancellations_no_shows_and_lead_time_come_out_of_the_events_alone() throws Exception {
        var before = today(StockClients.readAll(), List.of());
        var patient = Visit.patient();
        var begun = Instant.now();
        var kept = Visit.book(patient, Visit.slot(patient));
        var cancelled = Visit.book(patient, Visit.slot(patient));
        patient.api()
                .post("/api/v1/appointments/%s/cancel".formatted(cancelled.text("id")), Map.of("reason", "Travelling"))
                .expect(200);
        patient.awaitMessage("APPOINTMENT_CANCELLED", begun);
        // A visit can be missed only once its time has come, so this event is made up.
        var missed =
                "booking.appointment-completed.v1 %s {\"doctorId\":\"%s\",\"outcome\":\"NOSHOW\",\"start\":1,\"completedAt\":%d}"
                        .formatted(
                                UUID.randomUUID(),
                                kept.text("doctorId"),
                                Instant.now().toEpochMilli() * 1000);

        var after = today(StockClients.readAll(), List.of(missed, missed));

        assertThat(after.booked() - before.booked()).isEqualTo(2);
        assertThat(after.cancelled() - before.cancelled()).isEqualTo(1);
        assertThat(after.noShows() - before.noShows()).isEqualTo(1);
        assertThat(after.medianLeadHours()).isBetween(24.0, 24.0 * 60);
    }

    private static Day today(List<String> lines, List<String> more) throws SQLException, IOException {
        try (var connection = RunningSystem.stack().connect();
                var statement = connection.createStatement()) {
            statement.execute("create temporary table event (topic text, event_id uuid primary key, event jsonb)");
            try (var insert = connection.prepareStatement(
                    "insert into event values (?, ?::uuid, ?::jsonb) on conflict do nothing")) {
                for (var line : java.util.stream.Stream.concat(lines.stream(), more.stream())
                        .filter(line -> !line.startsWith("count "))
                        .toList()) {
                    var parts = line.split(" ", 3);
                    for (int part = 0; part < parts.length; part++) {
                        insert.setString(part + 1, parts[part]);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            var result = statement.executeQuery(
                    Files.readString(RunningSystem.repository().resolve("docs/analytics/daily.sql")));
            while (result.next()) {
                if (result.getString("specialization").equals(SPECIALIZATION)
                        && result.getObject("day", LocalDate.class).equals(LocalDate.now(ZoneId.of("Asia/Kolkata")))) {
                    return new Day(
                            result.getInt("booked"),
                            result.getInt("cancelled"),
                            result.getInt("no_shows"),
                            result.getDouble("median_lead_hours"));
                }
            }
            return new Day(0, 0, 0, 0);
        }
    }
}
