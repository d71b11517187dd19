package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An analyst with stock Confluent-compatible clients (npm and Java), none of our code. */
@ExtendWith(RunningSystem.class)
class StockClientTest {
    @Test
    void stock_clients_in_node_and_java_decode_the_events_of_a_journey() throws IOException, InterruptedException {
        var patient = Visit.patient();
        var appointment = Visit.book(patient, Visit.slot(patient));

        var output = StockClients.readAll();

        assertThat(lines(output, "booking.appointment-booked.v1 "))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"appointmentId\":\"" + appointment.text("id") + '"')
                        .contains("\"mode\":\"ONLINE\""));
        for (var topic : List.of(
                "identity.user-registered.v1",
                "identity.contact-changed.v1",
                "identity.otp-requested.v1",
                "doctor.doctor-profile-changed.v1",
                "doctor.slots-published.v1",
                "booking.slot-locked.v1",
                "booking.otp-requested.v1",
                "notification.notification-delivered.v1")) {
            assertThat(lines(output, topic + ' ')).as(topic).isNotEmpty();
        }
        assertThat(StockClients.readWithJava("booking.appointment-booked.v1"))
                .anySatisfy(line -> assertThat(line)
                        .contains(' ' + appointment.text("doctorId") + ' ')
                        .contains("\"appointmentId\": \"" + appointment.text("id") + '"'));
    }

    private static Stream<String> lines(List<String> output, String prefix) {
        return output.stream().filter(line -> line.startsWith(prefix));
    }
}
