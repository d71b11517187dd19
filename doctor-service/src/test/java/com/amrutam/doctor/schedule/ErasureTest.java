package com.amrutam.doctor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.events.identity.UserErased;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.Leftovers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheRealStack
class ErasureTest {
    private final Service service;

    @Autowired
    ErasureTest(Service service) {
        this.service = service;
    }

    @Test
    void an_erased_doctor_offers_nothing_and_is_nobody() {
        try (var probe = EventProbe.fromNow()) {
            var id = UUID.randomUUID();
            var profile = Given.profile(
                    "name", "Dr. Unforgettable", "city", "Unforgettabad", "registrationNumber", "UNF-2014-00417");
            service.send("PUT", "/doctors/me", Service.doctor(id), profile, "Idempotency-Key", id.toString())
                    .ok();
            service.post("/admin/doctors/" + id + "/verify", Service.administrator())
                    .ok();
            service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("09:00", "12:00", 10))
                    .ok();
            assertThat(service.get("/export", Service.doctor(id))
                            .ok()
                            .at("/profile/0/registrationNumber")
                            .asString())
                    .isEqualTo("UNF-2014-00417");

            probe.send(UserErased.newBuilder()
                    .setUserId(id)
                    .setErasedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                    .build());

            await().until(() -> service.get("/doctors/" + id).status() == 404);
            probe.await(SlotsWithdrawn.class, event -> event.getDoctorId().equals(id));
            probe.await(
                    DoctorProfileChanged.class,
                    event -> event.getDoctorId().equals(id) && !event.getVerified() && event.getVersion() == 3);
            assertThat(Leftovers.of("doctor", "Unforgettab", "UNF-2014-00417"))
                    .allMatch(place -> place.startsWith("outbox_event"));
        }
    }
}
