package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody holds all of a doctor's slots, and nobody has messages sent to strangers without end. */
@ExtendWith(RunningSystem.class)
class Api6UnrestrictedAccessToSensitiveBusinessFlowsTest {
    @Test
    void a_patient_holds_two_slots_at_most() throws InterruptedException {
        var patient = Cast.patient();
        Visit.hold(patient, Visit.slot(patient)).expect(201);
        Visit.hold(patient, Visit.slot(patient)).expect(201);

        assertThat(Visit.hold(patient, Visit.slot(patient)).text("code")).isEqualTo("too-many-locks");
    }

    @Test
    void one_address_has_no_messages_sent_to_ever_more_phones() throws InterruptedException {
        var sender = RunningSystem.somebody();
        var random = ThreadLocalRandom.current();
        for (int number = 0; number < 5; number++) {
            sender.api()
                    .post("/api/v1/auth/otp", Map.of("phone", "+9196%08d".formatted(random.nextInt(100_000_000))))
                    .expect(202);
        }
        assertThat(sender.api()
                        .post("/api/v1/auth/otp", Map.of("phone", "+9196%08d".formatted(random.nextInt(100_000_000))))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void many_addresses_do_not_flood_one_phone() throws InterruptedException {
        var phone = RunningSystem.somebody().phone();
        RunningSystem.somebody()
                .api()
                .post("/api/v1/auth/otp", Map.of("phone", phone))
                .expect(202);

        for (int number = 0; number < 6; number++) {
            assertThat(RunningSystem.somebody()
                            .api()
                            .post("/api/v1/auth/otp", Map.of("phone", phone))
                            .status())
                    .isEqualTo(429);
        }
    }
}
