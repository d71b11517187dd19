package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.instance.Instance;
import com.amrutam.localstack.event.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Random histories of what patients do, each step compared with a model of a few lines: the answer, every slot's state
 * and version, and at the end what a reader of the events alone would think of the slots.
 */
class HistoriesTest {
    private static final int PATIENTS = 4;
    private static final int SLOTS = 4;
    private static final Instance INSTANCE = Instances.quiet(Map.of());

    /** What one patient does; which slot it is about does not matter to all of them. */
    record Step(What what, int patient, int slot) {}

    enum What {
        HOLD,
        RELEASE,
        CONFIRM,
        CONFIRM_WRONG,
        EXPIRE_AND_SWEEP,
        EXPIRE_AND_TAKE_OVER,
        CANCEL,
        RESCHEDULE,
        WAIT
    }

    @AfterContainer
    static void stop() {
        INSTANCE.close();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, PATIENTS - 1),
                        Arbitraries.integers().between(0, SLOTS - 1))
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(40);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void whatever_patients_do_the_slots_are_as_the_model_says(@ForAll("histories") List<Step> history) {
        var run = new Run();
        history.forEach(run::step);
        run.assertEventsTellTheSame();
    }

    /** One history, on slots of its own. */
    private static final class Run extends BookingScene {
        private final List<UUID> patients =
                Stream.generate(UUID::randomUUID).limit(PATIENTS).toList();
        private final List<UUID> slots;
        private final Model model = new Model();
        private final Map<Integer, UUID> lockOfSlot = new HashMap<>();
        private final Map<Integer, UUID> appointmentOfSlot = new HashMap<>();

        Run() {
            super(
                    INSTANCE.bean(CodeCipher.class),
                    INSTANCE.bean(JdbcClient.class),
                    INSTANCE.bean(ScheduledTaskHolder.class));
            port = INSTANCE.port();
            givenProfile("Dr. Asha Nair", 1);
            slots = givenSlots(SLOTS);
        }

        void step(Step step) {
            var patient = patients.get(step.patient());
            var slot = slots.get(step.slot());
            switch (step.what()) {
                case HOLD -> hold(step.patient(), step.slot());
                case RELEASE -> {
                    var held = model.heldBy(step.patient());
                    if (held != null) {
                        assertStatus(patient(patient).delete("/slot-locks/" + lockOfSlot.get(held)), 204);
                        free(held);
                    }
                }
                case CONFIRM -> {
                    var held = model.heldBy(step.patient());
                    if (held != null) {
                        var lock = required(lockOfSlot, held);
                        var answer = book(patient, lock, codeOf(lock), null);
                        assertStatus(answer, 201);
                        appointmentOfSlot.put(held, answer.id());
                        model.booked(held);
                    }
                }
                case CONFIRM_WRONG -> {
                    var held = model.heldBy(step.patient());
                    if (held != null) {
                        var lock = required(lockOfSlot, held);
                        var answer = book(patient, lock, codeOf(lock).equals("111111") ? "222222" : "111111", null);
                        assertStatus(answer, 422);
                        if (answer.json().path("attemptsRemaining").intValue() == 0) {
                            free(held);
                        }
                    }
                }
                case EXPIRE_AND_SWEEP -> {
                    if (model.isLocked(step.slot())) {
                        expire(required(lockOfSlot, step.slot()), slot);
                        sweep("lock");
                        free(step.slot());
                    }
                }
                case EXPIRE_AND_TAKE_OVER -> {
                    if (model.isLocked(step.slot()) && model.canHold(step.patient(), step.slot())) {
                        expire(required(lockOfSlot, step.slot()), slot);
                        var answer = lock(patient, slot);
                        assertStatus(answer, 201);
                        lockOfSlot.put(step.slot(), answer.id());
                        model.takenOver(step.slot(), step.patient());
                    }
                }
                case CANCEL -> {
                    var booked = model.bookedBy(step.patient());
                    if (booked != null) {
                        assertStatus(cancel(patient, required(appointmentOfSlot, booked)), 200);
                        free(booked);
                    }
                }
                case RESCHEDULE -> {
                    var booked = model.bookedBy(step.patient());
                    if (booked != null && booked != step.slot() && model.canMove(booked)) {
                        var appointment = required(appointmentOfSlot, booked);
                        var answer = reschedule(patient, appointment, slot);
                        assertStatus(answer, model.isFree(step.slot()) ? 200 : 409);
                        if (answer.status() == 200) {
                            model.moved(booked, step.slot());
                            appointmentOfSlot.put(step.slot(), appointment);
                            free(booked);
                        }
                    }
                }
                case WAIT -> {
                    if (!model.waiting.contains(step.patient())) {
                        var answer = patient(patient)
                                .post(
                                        "/waitlist",
                                        "{\"doctorId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
                                                .formatted(
                                                        doctor,
                                                        Instant.now(),
                                                        Instant.now().plus(Duration.ofDays(30))));
                        assertStatus(answer, 201);
                        model.waiting.add(step.patient());
                    }
                }
            }
            assertSlotsAreAsInTheModel(step);
        }

        private void hold(int patient, int slot) {
            var answer = lock(patients.get(patient), slots.get(slot));
            if (model.isFree(slot) && model.canHold(patient, slot)) {
                assertStatus(answer, 201);
                lockOfSlot.put(slot, answer.id());
                model.held(slot, patient);
            } else {
                assertStatus(answer, 409);
            }
        }

        /** The slot is given back, and goes to the first in line whom it suits. */
        private void free(int slot) {
            model.freed(slot);
            var next = model.waiting.stream().findFirst().orElse(null);
            if (next != null) {
                model.waiting.remove(next);
                model.held(slot, next);
                lockOfSlot.put(
                        slot,
                        jdbc.sql(
                                        "select id from slot_lock where slot_id = ? and status = 'ACTIVE' and reason = 'WAITLIST'")
                                .param(slots.get(slot))
                                .query(UUID.class)
                                .single());
            }
        }

        private void assertSlotsAreAsInTheModel(Step step) {
            var actual = slots.stream().map(this::stateOf).toList();
            assertThat(actual).as("after %s", step).isEqualTo(model.states());
            var broken = jdbc.sql("""
                            select count(*) from slot s
                            left join appointment a on a.slot_id = s.id and a.status = 'BOOKED'
                            left join slot_lock l on l.slot_id = s.id and l.status = 'ACTIVE'
                            where s.doctor_id = ?
                              and not case s.state when 'BOOKED' then a.id = s.appointment_id and l.id is null
                                                   when 'LOCKED' then l.id = s.lock_id and a.id is null
                                                   else a.id is null and l.id is null end""").param(doctor).query(Integer.class).single();
            assertThat(broken)
                    .as("slots that contradict their lock or appointment")
                    .isZero();
        }

        void assertEventsTellTheSame() {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(rebuilt()).isEqualTo(model.states()));
        }

        /** The slots as somebody sees them who has the events only: the highest version of each counts. */
        private List<String> rebuilt() {
            var latest = new HashMap<UUID, SlotNews>();
            probe.arrivals().stream()
                    .flatMap(Run::news)
                    .forEach(news -> latest.merge(
                            news.slot(), news, (one, other) -> one.version() > other.version() ? one : other));
            return slots.stream()
                    .map(slot -> latest.getOrDefault(slot, new SlotNews(slot, 1, "FREE")))
                    .map(news -> news.state() + " " + news.version())
                    .toList();
        }

        private record SlotNews(UUID slot, int version, String state) {}

        private static Stream<SlotNews> news(Arrival arrival) {
            return switch (arrival.event()) {
                case SlotLocked event -> Stream.of(new SlotNews(event.getSlotId(), event.getSlotVersion(), "LOCKED"));
                case SlotReleased event -> Stream.of(new SlotNews(event.getSlotId(), event.getSlotVersion(), "FREE"));
                case AppointmentBooked event ->
                    Stream.of(new SlotNews(event.getSlotId(), event.getSlotVersion(), "BOOKED"));
                case AppointmentCancelled event ->
                    Stream.of(new SlotNews(event.getSlotId(), event.getSlotVersion(), "FREE"));
                case AppointmentRescheduled event ->
                    Stream.of(
                            new SlotNews(event.getSlotId(), event.getSlotVersion(), "BOOKED"),
                            new SlotNews(event.getPreviousSlotId(), event.getPreviousSlotVersion(), "FREE"));
                default -> Stream.empty();
            };
        }

        private static void assertStatus(Answer answer, int expected) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(expected);
        }

        private static UUID required(Map<Integer, UUID> ids, int slot) {
            return Objects.requireNonNull(ids.get(slot));
        }
    }

    /** What should be: who has which slot, and how often it has changed. */
    private static final class Model {
        private final @Nullable Integer[] holder = new Integer[SLOTS];
        private final boolean[] booked = new boolean[SLOTS];
        private final int[] version = IntStream.generate(() -> 1).limit(SLOTS).toArray();
        private final int[] moves = new int[SLOTS];
        final List<Integer> waiting = new ArrayList<>();

        boolean isFree(int slot) {
            return holder[slot] == null;
        }

        private boolean isOf(int slot, int patient) {
            return Integer.valueOf(patient).equals(holder[slot]);
        }

        boolean isLocked(int slot) {
            return holder[slot] != null && !booked[slot];
        }

        @Nullable
        Integer heldBy(int patient) {
            return first(slot -> isLocked(slot) && isOf(slot, patient));
        }

        @Nullable
        Integer bookedBy(int patient) {
            return first(slot -> booked[slot] && isOf(slot, patient));
        }

        /** Two at once. */
        boolean canHold(int patient, int slot) {
            var held = IntStream.range(0, SLOTS)
                    .filter(one -> one != slot && isLocked(one) && isOf(one, patient))
                    .count();
            return held < 2;
        }

        boolean canMove(int slot) {
            return moves[slot] < 3;
        }

        void held(int slot, int patient) {
            holder[slot] = patient;
            version[slot]++;
        }

        void takenOver(int slot, int patient) {
            holder[slot] = patient;
            version[slot] += 2;
        }

        void booked(int slot) {
            booked[slot] = true;
            version[slot]++;
        }

        /** The slot that was left is still to be freed. */
        void moved(int from, int to) {
            holder[to] = holder[from];
            booked[to] = true;
            version[to]++;
            moves[to] = moves[from] + 1;
        }

        void freed(int slot) {
            holder[slot] = null;
            booked[slot] = false;
            version[slot]++;
            moves[slot] = 0;
        }

        List<String> states() {
            return IntStream.range(0, SLOTS)
                    .mapToObj(
                            slot -> (isFree(slot) ? "FREE" : booked[slot] ? "BOOKED" : "LOCKED") + " " + version[slot])
                    .toList();
        }

        private @Nullable Integer first(IntPredicate wanted) {
            var found = IntStream.range(0, SLOTS).filter(wanted).findFirst();
            return found.isPresent() ? found.getAsInt() : null;
        }
    }
}
