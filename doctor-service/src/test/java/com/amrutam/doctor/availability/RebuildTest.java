package com.amrutam.doctor.availability;

import static com.amrutam.doctor.BookingEvents.booked;
import static com.amrutam.doctor.BookingEvents.cancelled;
import static com.amrutam.doctor.BookingEvents.locked;
import static com.amrutam.doctor.BookingEvents.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.localstack.junit.EventProbe;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@OnTheRealStack
class RebuildTest {
    private final Service service;
    private final Given given;
    private final JdbcClient jdbc;

    @Autowired
    RebuildTest(Service service, Given given, JdbcClient jdbc) {
        this.service = service;
        this.given = given;
        this.jdbc = jdbc;
    }

    @Test
    void the_view_rebuilt_from_the_topics_equals_the_live_one() {
        var doctor = given.doctorWorking("09:00", "17:00");
        var slots = slots(doctor);
        try (var probe = EventProbe.fromNow()) {
            probe.send(locked(slots.get(0), 2));
            probe.send(locked(slots.get(1), 2));
            probe.send(booked(slots.get(1), 3));
            probe.send(locked(slots.get(2), 2));
            probe.send(released(slots.get(2), 3, ReleaseReason.EXPIRED));
            probe.send(booked(slots.get(3), 3));
            probe.send(cancelled(slots.get(3), 4, true));
            probe.send(booked(slots.get(4), 3));
            awaitState(slots.get(4), "BOOKED");
            // Taken back by the doctor: what is free goes, what is booked stays until it is given back.
            service.put("/doctors/me/schedule", Service.doctor(doctor), Given.everyDay("17:00", "21:00", 5))
                    .ok();
            probe.send(cancelled(slots.get(4), 4, true));
            awaitState(slots.get(4), "WITHDRAWN");
        }
        awaitState(slots.get(3), "WITHDRAWN");
        awaitState(slots.get(1), "BOOKED");
        var live = view(doctor);

        // That a taken slot is unwanted only its doctor's schedule knows, which the daily roll looks up.
        jdbc.sql(
                        "update slot set version = 7, state = case when unwanted then 'LOCKED' else 'WITHDRAWN' end where doctor_id = ?")
                .param(doctor)
                .update();
        var rebuilt = service.post("/admin/doctors/availability/rebuild", Service.administrator())
                .ok();

        assertThat(view(doctor)).isEqualTo(live);
        assertThat(rebuilt.path("corrected").intValue()).isGreaterThanOrEqualTo(slots.size());
        assertThat(rebuilt.path("events").longValue()).isGreaterThanOrEqualTo(10);
        var again = service.post("/admin/doctors/availability/rebuild", Service.administrator())
                .ok();
        assertThat(again.path("corrected").intValue()).isZero();
    }

    @Test
    void only_administrators_may() {
        assertThat(service.post("/admin/doctors/availability/rebuild", Service.doctor(UUID.randomUUID()))
                        .status())
                .isEqualTo(403);
    }

    private List<JsonNode> slots(UUID doctor) {
        return service.get("/doctors/" + doctor + "/slots?limit=100")
                .ok()
                .path("items")
                .valueStream()
                .toList();
    }

    private void awaitState(JsonNode slot, String state) {
        await().untilAsserted(() -> assertThat(jdbc.sql("select state from slot where id = ?::uuid")
                        .param(slot.path("id").stringValue())
                        .query(String.class)
                        .single())
                .isEqualTo(state));
    }

    private String view(UUID doctor) {
        return String.join(
                "\n",
                jdbc.sql("select s::text from slot s where doctor_id = ? order by id")
                        .param(doctor)
                        .query(String.class)
                        .list());
    }
}
