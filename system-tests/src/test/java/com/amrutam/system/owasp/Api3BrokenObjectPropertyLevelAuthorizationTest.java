package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody sets what is not theirs to set, nor reads what is not theirs to read. */
@ExtendWith(RunningSystem.class)
class Api3BrokenObjectPropertyLevelAuthorizationTest {
    @Test
    void members_a_client_has_no_say_in_are_refused_not_bound() throws InterruptedException {
        var patient = Cast.patient();
        var before = patient.api().get("/api/v1/users/me").expect(200).body();
        for (var member : new String[] {
            "\"roles\":[\"ADMIN\"]", "\"phone\":\"+919800000000\"", "\"emailVerified\":true",
            "\"id\":\"01938c2e-0d2f-7b6a-8c41-5e0f9a7d3b21\"", "\"version\":99",
                    "\"createdAt\":\"2020-01-01T00:00:00Z\""
        }) {
            var answer = patient.api().send("PATCH", "/api/v1/users/me", "{" + member + "}", Map.of());
            assertThat(answer.status()).as(member).isEqualTo(400);
        }
        assertThat(patient.api().get("/api/v1/users/me").body()).isEqualTo(before);

        var slot = Visit.slot(patient);
        var slotId = "\"slotId\":\"" + slot.path("id").asText() + "\",\"mode\":\"ONLINE\"";
        for (var member : new String[] {
            "\"patientId\":\"x\"", "\"status\":\"CONFIRMED\"", "\"expiresAt\":\"2099-01-01T00:00:00Z\""
        }) {
            var answer = patient.api().send("POST", "/api/v1/slot-locks", "{" + slotId + "," + member + "}", Map.of());
            assertThat(answer.status()).as(member).isEqualTo(400);
        }
    }

    @Test
    void a_doctor_cannot_vouch_for_themselves() throws InterruptedException {
        var doctor = Cast.doctor(2);
        var own = doctor.api().get("/api/v1/doctors/me").expect(200).body();
        for (var member : new String[] {"\"verified\":true", "\"rating\":5", "\"reviewCount\":1000"}) {
            var answer =
                    doctor.api().send("PUT", "/api/v1/doctors/me", "{\"name\":\"Dr. A\"," + member + "}", Map.of());
            assertThat(answer.status()).as(member).isEqualTo(400);
        }
        assertThat(doctor.api().get("/api/v1/doctors/me").body()).isEqualTo(own);
    }

    @Test
    void what_only_the_doctor_may_see_is_shown_to_nobody_else() throws InterruptedException {
        var doctor = Cast.doctor(2);
        var own = doctor.api().get("/api/v1/doctors/me").expect(200);
        assertThat(own.text("registrationNumber")).isNotBlank();

        var seen = Cast.patient().api().get("/api/v1/doctors/" + own.text("id")).expect(200);

        assertThat(seen.body().has("registrationNumber")).isFalse();
        assertThat(seen.body().toString()).doesNotContain(own.text("registrationNumber"), doctor.phone());
    }
}
