package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** Whatever line the process dies at: a retry with the same key leaves one appointment, and one event tells of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
    /** More than any request has; a test that gets here has not seen a request survive. */
    private static final int MOST_STEPS = 60;

    private final Instance instance = Instances.quiet(Map.of(), DeathAtAnyLine.class);

    @AfterAll
    void stop() {
        instance.close();
    }

    @Test
    void a_confirm_that_died_anywhere_is_made_good_by_its_retry() {
        var scene = new Scene(instance);
        var appointments = new ArrayList<UUID>();
        for (int step = 1; step <= MOST_STEPS; step++) {
            var patient = UUID.randomUUID();
            var slot = scene.givenSlot();
            var lock = scene.lock(patient, slot);
            var body = "{\"slotLockId\":\"%s\",\"code\":\"%s\"}".formatted(lock.id(), scene.codeOf(lock.id()));

            var died = scene.tryToDie(step, patient, "/appointments", body);
            var retried = died ? scene.retry(step, patient, "/appointments", body) : null;

            assertThat(scene.stateOf(slot)).as("died at step %d", step).isEqualTo("BOOKED 3");
            assertThat(scene.appointmentsOf(slot)).isOne();
            if (retried == null) {
                assertThat(step).as("steps of a confirm").isGreaterThan(10);
                scene.assertOneEventOfEach(appointments, AppointmentBooked.class);
                return;
            }
            appointments.add(retried.id());
        }
        throw new AssertionError("No confirm survived");
    }

    @Test
    void a_reschedule_that_died_anywhere_is_made_good_by_its_retry() {
        var scene = new Scene(instance);
        var appointments = new ArrayList<UUID>();
        for (int step = 1; step <= MOST_STEPS; step++) {
            var patient = UUID.randomUUID();
            var from = scene.givenSlot();
            var to = scene.givenSlot();
            var booked = scene.givenBooked(patient, from);
            var path = "/appointments/" + booked.id() + "/reschedule";
            var body = "{\"slotId\":\"%s\"}".formatted(to);

            var died = scene.tryToDie(step, patient, path, body);
            var retried = died ? scene.retry(step, patient, path, body) : null;

            assertThat(scene.stateOf(from)).as("died at step %d", step).isEqualTo("FREE 4");
            assertThat(scene.stateOf(to)).as("died at step %d", step).isEqualTo("BOOKED 2");
            assertThat(scene.patient(patient)
                            .get("/appointments/" + booked.id())
                            .json()
                            .path("version")
                            .intValue())
                    .isEqualTo(2);
            if (retried == null) {
                assertThat(step).as("steps of a reschedule").isGreaterThan(10);
                scene.assertOneEventOfEach(appointments, AppointmentRescheduled.class);
                return;
            }
            appointments.add(retried.id());
        }
        throw new AssertionError("No reschedule survived");
    }

    private static final class Scene extends BookingScene {
        private int slots;

        Scene(Instance instance) {
            super(
                    instance.bean(CodeCipher.class),
                    instance.bean(JdbcClient.class),
                    instance.bean(ScheduledTaskHolder.class));
            this.port = instance.port();
        }

        UUID givenSlot() {
            return givenSlot(Instant.now().plus(Duration.ofDays(3)).plus(Duration.ofHours(slots++)), Mode.ONLINE);
        }

        /** True when the request died; false when it was over before. */
        boolean tryToDie(int step, UUID patient, String path, String body) {
            var answer = patient(patient)
                    .post(path, body, "Idempotency-Key", "key-" + step, DeathAtAnyLine.HEADER, String.valueOf(step));
            assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 503);
            return answer.status() == 503;
        }

        /** As a client does: the same request with the same key, again while the first one is still being cleared away. */
        Answer retry(int step, UUID patient, String path, String body) {
            var answer = new AtomicReference<Answer>();
            await().until(() -> {
                answer.set(patient(patient).post(path, body, "Idempotency-Key", "key-" + step));
                return answer.get().status() / 100 == 2;
            });
            return answer.get();
        }

        void assertOneEventOfEach(List<UUID> appointments, Class<? extends SpecificRecord> type) {
            await().untilAsserted(() -> assertThat(probe.seen(type).stream()
                            .map(event -> (UUID) event.get(
                                    event.getSchema().getField("appointmentId").pos()))
                            .filter(appointments::contains))
                    .containsExactlyInAnyOrderElementsOf(appointments));
        }
    }
}
