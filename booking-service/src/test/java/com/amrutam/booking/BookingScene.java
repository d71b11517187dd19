package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.OtpRequested;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * A running booking-service on real servers, and how tests set a scene: doctors publish slots by event, patients act
 * through the API, what the world hears is what arrives on Kafka.
 */
@ExtendWith(LocalStack.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "amrutam.booking.lock.sweep-interval=1h",
            "amrutam.booking.waitlist.sweep-interval=1h",
            "amrutam.booking.reminder.sweep-interval=1h",
            "amrutam.booking.appointment.doctors." + BookingScene.LENIENT_DOCTOR + ".cancellation-notice=1h"
        })
abstract class BookingScene {
    /** A doctor whom patients may call off until an hour before. */
    static final String LENIENT_DOCTOR = "0199a000-0000-7000-8000-0000000000d0";

    static final EventProbe probe = EventProbe.fromNow();

    final CodeCipher cipher;
    final JdbcClient jdbc;

    @LocalServerPort
    int port;

    final UUID doctor = UUID.randomUUID();
    final UUID asha = UUID.randomUUID();
    final UUID vivek = UUID.randomUUID();

    private final ScheduledTaskHolder tasks;

    BookingScene(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        this.cipher = cipher;
        this.jdbc = jdbc;
        this.tasks = tasks;
    }

    /** Runs what otherwise runs every few seconds: the sweeps are scheduled out of the tests' way. */
    void sweep() {
        sweep("");
    }

    /** @param feature the package and perhaps the class of the only one to run, such as {@code lock} */
    void sweep(String feature) {
        tasks.getScheduledTasks().stream()
                .map(ScheduledTask::getTask)
                .filter(task -> task.toString().startsWith("com.amrutam.booking." + feature))
                .forEach(task -> task.getRunnable().run());
    }

    Rest patient(UUID id) {
        return Rest.as(port, id, "PATIENT");
    }

    Answer lock(UUID patient, UUID slot) {
        return patient(patient).post("/slot-locks", "{\"slotId\":\"%s\"}".formatted(slot));
    }

    Answer lock(UUID patient, UUID slot, String mode) {
        return patient(patient).post("/slot-locks", "{\"slotId\":\"%s\",\"mode\":\"%s\"}".formatted(slot, mode));
    }

    Answer book(UUID patient, UUID lock, String code, @Nullable String reason) {
        var why = reason == null ? "" : ",\"reason\":\"" + reason + "\"";
        return patient(patient)
                .post("/appointments", "{\"slotLockId\":\"%s\",\"code\":\"%s\"%s}".formatted(lock, code, why));
    }

    Answer givenBooked(UUID patient, UUID slot) {
        return givenBooked(patient, slot, null);
    }

    Answer givenBooked(UUID patient, UUID slot, @Nullable String reason) {
        var lock = lock(patient, slot);
        assertThat(lock.status()).as(lock.toString()).isEqualTo(201);
        var booked = book(patient, lock.id(), codeOf(lock.id()), reason);
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        return booked;
    }

    String codeOf(UUID lock) {
        var event = probe.await(OtpRequested.class, one -> one.getSlotLockId().equals(lock));
        var bytes = new byte[event.getEncryptedCode().remaining()];
        event.getEncryptedCode().duplicate().get(bytes);
        return cipher.decrypt(lock, bytes);
    }

    /** Free half-hours of the doctor, one an hour, from in three days on. */
    List<UUID> givenSlots(int count) {
        var start = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
        var offered = IntStream.range(0, count)
                .mapToObj(n -> offered(UUID.randomUUID(), start.plus(Duration.ofHours(n)), Mode.ONLINE))
                .toList();
        publish(doctor, offered);
        return offered.stream().map(OfferedSlot::getSlotId).toList();
    }

    UUID givenSlot(Instant start, Mode... modes) {
        var id = UUID.randomUUID();
        publish(doctor, List.of(offered(id, start, modes)));
        return id;
    }

    void publish(UUID doctorId, List<OfferedSlot> offered) {
        probe.send(SlotsPublished.newBuilder()
                .setDoctorId(doctorId)
                .setSlots(offered)
                .setPublishedAt(Instant.now())
                .build());
        awaitSlot(offered.getLast().getSlotId());
    }

    void awaitSlot(UUID slot) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !stateOf(slot).isEmpty());
    }

    static OfferedSlot offered(UUID id, Instant start, Mode... modes) {
        var begin = start.truncatedTo(ChronoUnit.SECONDS);
        return new OfferedSlot(id, begin, begin.plus(Duration.ofMinutes(30)), List.of(modes));
    }

    void givenProfile(String name, int version) {
        probe.send(DoctorProfileChanged.newBuilder()
                .setDoctorId(doctor)
                .setVersion(version)
                .setName(name)
                .setSpecializations(List.of("PANCHAKARMA"))
                .setLanguages(List.of("en"))
                .setCity("Kochi")
                .setModes(List.of(Mode.ONLINE))
                .setFee(new com.amrutam.events.Money(50_000L, "INR"))
                .setExperienceYears(9)
                .setVerified(true)
                .setChangedAt(Instant.now())
                .build());
        await().until(() -> jdbc.sql("select count(*) from doctor where doctor_id = ?")
                        .param(doctor)
                        .query(Integer.class)
                        .single()
                == 1);
    }

    /** Moves a lock's end into the past, around the trigger that allows no such thing. */
    void expire(UUID lock, UUID slot) {
        unchecked("""
                with l as (update booking.slot_lock set expires_at = now() - interval '1 second' where id = '%s')
                update booking.slot set locked_until = now() - interval '1 second' where id = '%s' and state = 'LOCKED'""".formatted(lock, slot));
    }

    String stateOf(UUID slot) {
        return jdbc.sql("select state || ' ' || version from slot where id = ?")
                .param(slot)
                .query(String.class)
                .optional()
                .orElse("");
    }

    int appointmentsOf(UUID slot) {
        return jdbc.sql("select count(*) from appointment where slot_id = ? and status = 'BOOKED'")
                .param(slot)
                .query(Integer.class)
                .single();
    }

    void assertRefused(String sql) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> jdbc.sql(sql).update())
                .as(sql)
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
    }

    /** Runs all of them from the same moment on. */
    static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            for (var one : running) {
                results.add(one.get());
            }
        }
        return results;
    }

    Answer cancel(UUID patient, UUID appointment) {
        return patient(patient).post("/appointments/" + appointment + "/cancel", "{\"reason\":\"Changed plans\"}");
    }

    Answer reschedule(UUID patient, UUID appointment, UUID slot, String... headers) {
        return patient(patient)
                .post("/appointments/" + appointment + "/reschedule", "{\"slotId\":\"%s\"}".formatted(slot), headers);
    }

    Rest doctorsClient() {
        return Rest.as(port, doctor, "DOCTOR");
    }

    void withdraw(UUID... slots) {
        probe.send(SlotsWithdrawn.newBuilder()
                .setDoctorId(doctor)
                .setSlotIds(List.of(slots))
                .setWithdrawnAt(Instant.now())
                .build());
    }

    /** Moves an appointment that was made days ago, and its slot, in time, around everything that allows no such thing. */
    void letStart(UUID appointment, Instant start) {
        unchecked("""
                with a as (update booking.appointment set scheduled_at = now() - interval '3 days', starts_at = '%1$s', ends_at = '%1$s'::timestamptz + interval '30 minutes'
                           where id = '%2$s' returning slot_id)
                update booking.slot set starts_at = '%1$s', ends_at = '%1$s'::timestamptz + interval '30 minutes'
                from a where slot.id = a.slot_id""".formatted(start, appointment));
    }

    /** Runs SQL with triggers and foreign keys off. */
    static void unchecked(String sql) {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
