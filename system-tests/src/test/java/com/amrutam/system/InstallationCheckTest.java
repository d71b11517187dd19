package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.localstack.demo.InstallationCheck;
import com.amrutam.localstack.junit.RunningSystem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What helm test runs in a cluster says the truth about an installation. */
@ExtendWith(RunningSystem.class)
class InstallationCheckTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void an_installation_that_works_passes_with_an_appointment() throws InterruptedException {
        try (var check = new InstallationCheck(RunningSystem.services().api(), new PrintStream(said))) {
            check.refusesStrangers();
            check.booksAnAppointment(RunningSystem.services().messages());
        }

        assertThat(said.toString()).contains("nobody gets in without a code", "an appointment is booked");
    }

    @Test
    void a_single_service_says_whether_it_is_ready() throws InterruptedException {
        try (var check = new InstallationCheck(RunningSystem.services().messages(), new PrintStream(said))) {
            check.isReady();

            assertThatThrownBy(check::refusesStrangers)
                    .as("notification is no gateway")
                    .hasMessageStartingWith("GET /health answered 401");
        }
    }

    @Test
    void where_nothing_listens_the_check_fails_and_says_where() {
        try (var check = new InstallationCheck(URI.create("http://127.0.0.1:1"), new PrintStream(said))) {
            assertThatThrownBy(check::refusesStrangers).hasMessageContaining("http://127.0.0.1:1/health");
        }
    }
}
