package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.codes.OneTimeCodes;
import com.amrutam.kit.instance.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** Two instances, many patients, few slots, everything at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RivalsTest {
    private static final int SLOTS = 50;
    private static final int RIVALS = 32;

    /** What a client may be told in a race; anything else, a server error above all, is a fault. */
    private static final Set<String> FAIR = Set.of(
            "",
            "slot-taken",
            "too-many-locks",
            "too-many-appointments",
            "too-many-reschedules",
            "overlapping-appointment",
            "code-incorrect",
            "lock-expired",
            "lock-released",
            "lock-confirmed",
            "same-slot",
            "other-doctor",
            "not-booked");

    private static final Map<String, String> SWEEPING = Map.of("amrutam.booking.lock.sweep-interval", "100ms");

    private final Instance one = Instances.quiet(SWEEPING);
    private final Instance other = Instances.quiet(SWEEPING);

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void fifty_slots_and_thirty_two_rivals_for_each_end_with_one_winner_for_each() throws Exception {
        var scene = new Scene(one);
        var slots = scene.givenSlots(SLOTS);
        var answers = new CopyOnWriteArrayList<Answer>();

        // Every rival goes for every slot, in an order of their own, through either instance.
        race(rival -> {
            var patient = UUID.randomUUID();
            for (var slot : shuffled(slots, rival)) {
                answers.add(via(rival).lock(patient, slot));
            }
        });

        assertFair(answers);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(SLOTS);
        assertThat(slots).allSatisfy(slot -> assertThat(scene.stateOf(slot)).isEqualTo("LOCKED 2"));
    }

    @Test
    void whatever_rivals_do_at_once_nothing_is_doubled_lost_or_stuck() throws Exception {
        var scene = new Scene(one);
        // Two doctors whose hours overlap: a patient may have one or the other.
        var slots = new ArrayList<>(scene.givenSlots(SLOTS / 2));
        slots.addAll(new Scene(one).givenSlots(SLOTS / 2));
        var answers = new CopyOnWriteArrayList<Answer>();

        race(rival -> {
            var patient = UUID.randomUUID();
            var random = new Random(rival);
            var locks = new ArrayList<UUID>();
            var appointments = new ArrayList<UUID>();
            for (int i = 0; i < 40; i++) {
                var slot = slots.get(random.nextInt(slots.size()));
                var via = via(random.nextInt());
                var deed = random.nextInt(8);
                var answer = deed < 3 || locks.isEmpty() || (deed > 4 && appointments.isEmpty())
                        ? via.lock(patient, slot)
                        : switch (deed) {
                            case 3, 4 -> via.confirm(patient, any(locks, random), "123456");
                            case 5 -> via.cancel(patient, any(appointments, random));
                            case 6 -> via.reschedule(patient, any(appointments, random), slot);
                            default -> via.letExpire(patient, any(locks, random));
                        };
                answers.add(answer);
                if (answer.status() == 201) {
                    (answer.text("status").equals("ACTIVE") ? locks : appointments).add(answer.id());
                }
            }
        });

        assertFair(answers);
        assertThat(answers)
                .filteredOn(answer -> answer.text("status").equals("BOOKED"))
                .hasSizeGreaterThan(RIVALS);
        scene.assertNothingContradicts();
        assertNothingIsStuck(scene, slots);
    }

    private static void assertFair(List<Answer> answers) {
        assertThat(answers)
                .allSatisfy(answer -> assertThat(FAIR).as(answer.toString()).contains(answer.text("code")));
    }

    /** Whoever has something can give it back, and then every slot can be had again. */
    private static void assertNothingIsStuck(Scene scene, List<UUID> slots) {
        scene.giveEverythingBack(slots);
        assertThat(slots)
                .allSatisfy(slot ->
                        assertThat(scene.lock(UUID.randomUUID(), slot).status()).isEqualTo(201));
    }

    private interface Rival {
        void act(int number) throws Exception;
    }

    private static void race(Rival rival) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, RIVALS)
                    .<Future<?>>mapToObj(number -> threads.submit((Callable<?>) () -> {
                        rival.act(number);
                        return number;
                    }))
                    .toList();
            for (var future : running) {
                future.get();
            }
        }
    }

    private Scene via(int number) {
        return new Scene(number % 2 == 0 ? one : other);
    }

    private static UUID any(List<UUID> ids, Random random) {
        return ids.get(random.nextInt(ids.size()));
    }

    private static List<UUID> shuffled(List<UUID> slots, int seed) {
        var shuffled = new ArrayList<>(slots);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** The scene as one of the instances plays it. */
    private static final class Scene extends BookingScene {
        private final OneTimeCodes codes;

        Scene(Instance instance) {
            super(
                    instance.bean(CodeCipher.class),
                    instance.bean(JdbcClient.class),
                    instance.bean(ScheduledTaskHolder.class));
            this.codes = instance.bean(OneTimeCodes.class);
            this.port = instance.port();
        }

        /** Confirms with a code that is made to be the right one, without waiting for the message. */
        Answer confirm(UUID patient, UUID lock, String code) {
            jdbc.sql("update slot_lock set code_digest = ? where id = ?")
                    .params(codes.digest(lock, code), lock)
                    .update();
            return book(patient, lock, code, null);
        }

        /** The lock's time is up; the sweeps of both instances and all rivals see it. */
        Answer letExpire(UUID patient, UUID lock) {
            jdbc.sql("""
                            update slot set locked_until = now() where lock_id = ? and state = 'LOCKED'""").param(lock).update();
            return patient(patient).get("/slot-locks/" + lock);
        }

        void assertNothingContradicts() {
            assertThat(jdbc.sql("""
                            select count(*) from slot s
                            left join appointment a on a.slot_id = s.id and a.status = 'BOOKED'
                            left join slot_lock l on l.slot_id = s.id and l.status = 'ACTIVE'
                            where not case s.state when 'BOOKED' then a.id = s.appointment_id and l.id is null
                                                   when 'LOCKED' then l.id = s.lock_id and a.id is null
                                                   else a.id is null and l.id is null end""").query(Integer.class).single()).isZero();
        }

        void giveEverythingBack(List<UUID> slots) {
            jdbc.sql("select id, patient_id from appointment where status = 'BOOKED' and slot_id = any(:slots)")
                    .param("slots", slots.toArray(UUID[]::new))
                    .query((row, n) -> cancel(row.getObject("patient_id", UUID.class), row.getObject("id", UUID.class)))
                    .list()
                    .forEach(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
            jdbc.sql("select id, patient_id from slot_lock where status = 'ACTIVE' and slot_id = any(:slots)")
                    .param("slots", slots.toArray(UUID[]::new))
                    .query((row, n) -> patient(row.getObject("patient_id", UUID.class))
                            .delete("/slot-locks/" + row.getObject("id", UUID.class)))
                    .list()
                    .forEach(answer -> assertThat(answer.status()).isEqualTo(204));
        }
    }
}
