package com.amrutam.system.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.amrutam.events.Topic;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.system.Visit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The checker finds nothing where all is well and finds every kind of broken promise. Those are made in a transaction that
 * is rolled back, with the constraints that forbid them out of the way, or in a copy of what the topics hold.
 */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OffsetDateTime since;
    private TopicLog topics;
    private Groups groups;
    private Checker checker;
    private List<Request> history;
    private List<Published> records;
    private UUID patient;
    private UUID slot;
    private UUID lock;
    private UUID appointment;

    @BeforeAll
    void bookOnce() throws Exception {
        var stack = RunningSystem.stack();
        topics = new TopicLog(stack.bootstrapServers(), new EventCodec(new SchemaRegistry(stack.registryUrl())));
        since = OffsetDateTime.now(ZoneOffset.UTC);
        groups = new Groups(stack.bootstrapServers());
        checker = new Checker(stack, RunningSystem.services().api());
        var person = Visit.patient();
        var wanted = Visit.slot(person);
        var begun = Instant.now();
        var held = Visit.hold(person, wanted).expect(201);
        var booked = Visit.confirm(
                        person, held, person.awaitMessage("BOOKING_CODE", begun).code())
                .expect(201);
        patient = UUID.fromString(booked.text("patientId"));
        slot = UUID.fromString(booked.text("slotId"));
        lock = UUID.fromString(held.text("id"));
        appointment = UUID.fromString(booked.text("id"));
        history = List.of(
                request(Operation.HOLD, Outcome.ACKNOWLEDGED, slot, lock, null),
                request(Operation.BOOK, Outcome.ACKNOWLEDGED, null, lock, appointment));
        assertThat(checker.check(history, PATIENCE)).isEmpty();
        records = topics.readToEnd();
    }

    @AfterAll
    void close() {
        checker.close();
        groups.close();
        topics.close();
    }

    private Request request(
            Operation operation,
            Outcome outcome,
            @Nullable UUID slotId,
            @Nullable UUID lockId,
            @Nullable UUID appointmentId) {
        return new Request(
                operation,
                patient,
                operation.name(),
                slotId,
                lockId,
                appointmentId,
                Instant.now(),
                Instant.now(),
                outcome,
                outcome == Outcome.ACKNOWLEDGED ? 201 : outcome == Outcome.REFUSED ? 409 : 0,
                null);
    }

    /** Which promise is broken by which statements. */
    private Map<String, String> violations() {
        return Map.ofEntries(
                Map.entry("No slot has two active appointments", """
                        drop index booking.appointment_holds_slot;
                        insert into booking.appointment (id, status, slot_id, slot_lock_id, doctor_id, patient_id, mode,
                                                         starts_at, ends_at, booked_at, scheduled_at)
                        select gen_random_uuid(), status, slot_id, gen_random_uuid(), doctor_id, gen_random_uuid(), mode,
                               starts_at, ends_at, booked_at, scheduled_at
                        from booking.appointment where id = '{appointment}'"""),
                Map.entry(
                        "No slot is BOOKED without its appointment",
                        "delete from booking.appointment where id = '{appointment}'"),
                Map.entry(
                        "No appointment stands without its slot",
                        "update booking.slot set state = 'FREE', appointment_id = null where id = '{slot}'"),
                Map.entry("No patient has two appointments at a time", """
                        alter table booking.appointment drop constraint appointments_of_a_patient_do_not_overlap;
                        insert into booking.appointment (id, status, slot_id, slot_lock_id, doctor_id, patient_id, mode,
                                                         starts_at, ends_at, booked_at, scheduled_at)
                        select gen_random_uuid(), status, gen_random_uuid(), gen_random_uuid(), doctor_id, patient_id,
                               mode, starts_at, ends_at, booked_at, scheduled_at
                        from booking.appointment where id = '{appointment}'"""),
                Map.entry("No doctor has two slots at a time", """
                        alter table booking.slot drop constraint slots_of_a_doctor_do_not_overlap;
                        insert into booking.slot (id, doctor_id, starts_at, ends_at, modes, minimum_notice)
                        select gen_random_uuid(), doctor_id, starts_at, ends_at, modes, minimum_notice
                        from booking.slot where id = '{slot}'"""),
                Map.entry("A slot is LOCKED by its active lock, and no lock is active without its slot", """
                        update booking.slot set state = 'LOCKED', appointment_id = null, lock_id = '{lock}',
                                                locked_until = now() + interval '1 hour'
                        where id = '{slot}'"""),
                Map.entry(
                        "An appointment comes from a lock that was confirmed, and a confirmed lock became one",
                        "update booking.slot_lock set status = 'EXPIRED' where id = '{lock}'"),
                Map.entry("One cause, one person, one channel: one message", """
                        alter table notification.message
                            drop constraint message_cause_event_id_recipient_channel_key;
                        insert into notification.message
                        select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid()))).*
                        from notification.message m where code_subject = '{lock}'"""),
                Map.entry("A message goes out at most once", """
                        alter table notification.kept_message drop constraint kept_message_pkey;
                        insert into notification.kept_message
                        select k.* from notification.kept_message k
                        join notification.message m on m.id = k.id where m.code_subject = '{lock}'"""),
                Map.entry("What went out is on record as sent, and what is on record as sent went out", """
                        delete from notification.kept_message k using notification.message m
                        where m.id = k.id and m.code_subject = '{lock}'"""),
                Map.entry("No slot stays LOCKED past its end", """
                        update booking.slot set state = 'LOCKED', appointment_id = null, lock_id = '{lock}',
                                                locked_until = now() - interval '1 minute'
                        where id = '{slot}'"""),
                Map.entry(
                        "The doctor's view of a slot is what booking says",
                        "update doctor.slot set version = version - 1 where id = '{slot}'"),
                Map.entry(
                        "Every slot of the inventory is in the doctor's view",
                        "delete from doctor.slot where id = '{slot}'"),
                Map.entry(
                        "Identity knows which appointments lie ahead",
                        "delete from identity.appointment_ahead where appointment_id = '{appointment}'"),
                Map.entry(
                        "Notification knows how appointments stand",
                        "update notification.appointment set stands = false where appointment_id = '{appointment}'"),
                Map.entry(
                        "Notification knows how to reach people",
                        "delete from notification.contact where user_id = '{patient}'"),
                Map.entry(
                        "Booking and notification know the doctors", "update booking.doctor set version = version - 1"),
                Map.entry(
                        "A doctor's rating counts each review once",
                        "update doctor.doctor set review_count = review_count + 1, rating_sum = rating_sum + 5"),
                Map.entry("No message waits that is due", """
                        update notification.message set state = 'QUEUED', next_attempt = now() - interval '1 minute'
                        where code_subject = '{lock}'"""));
    }

    @Test
    void every_rule_about_the_tables_is_seen_broken() {
        assertThat(violations().keySet())
                .isEqualTo(Stream.concat(Rule.ALWAYS.stream(), Rule.AFTER_QUIET.stream())
                        .map(Rule::promise)
                        .collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> a_broken_rule_is_found() {
        return violations().entrySet().stream()
                .map(violation -> dynamicTest(
                        violation.getKey(),
                        () -> assertThat(promises(inBroken(violation.getValue(), this::rules)))
                                .contains(violation.getKey())));
    }

    private interface Check {
        List<Finding> in(Connection database) throws SQLException;
    }

    /** What a check says of the database with something broken in it that is whole again afterwards. */
    private List<Finding> inBroken(String sql, Check check) throws SQLException {
        try (var database = RunningSystem.stack().connect();
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            // Neither triggers nor foreign keys.
            statement.execute("set local session_replication_role = replica");
            statement.execute("set local lock_timeout = '10s'");
            statement.execute(sql.replace("{appointment}", appointment.toString())
                    .replace("{slot}", slot.toString())
                    .replace("{lock}", lock.toString())
                    .replace("{patient}", patient.toString()));
            try {
                return check.in(database);
            } finally {
                database.rollback();
            }
        }
    }

    private List<Finding> rules(Connection database) throws SQLException {
        var findings = new ArrayList<Finding>();
        for (var rule : Rule.ALWAYS) {
            findings.addAll(rule.broken(database));
        }
        for (var rule : Rule.AFTER_QUIET) {
            findings.addAll(rule.broken(database));
        }
        return findings;
    }

    @TestFactory
    Stream<DynamicTest> what_clients_were_told_is_held_against_the_tables() {
        var hold = history.getFirst();
        var booking = history.getLast();
        return Stream.of(
                told(
                        "What was acknowledged is so",
                        List.of(request(Operation.HOLD, Outcome.ACKNOWLEDGED, slot, UUID.randomUUID(), null)),
                        hold,
                        booking),
                told(
                        "What was acknowledged is so",
                        List.of(request(
                                Operation.BOOK, Outcome.ACKNOWLEDGED, null, UUID.randomUUID(), UUID.randomUUID())),
                        hold,
                        booking),
                told(
                        "What was acknowledged is so",
                        List.of(request(Operation.RELEASE, Outcome.ACKNOWLEDGED, null, lock, null)),
                        hold,
                        booking),
                told(
                        "What was acknowledged is so",
                        List.of(request(Operation.CANCEL, Outcome.ACKNOWLEDGED, null, null, appointment)),
                        hold,
                        booking),
                told(
                        "What was acknowledged is so",
                        List.of(request(
                                Operation.RESCHEDULE, Outcome.ACKNOWLEDGED, UUID.randomUUID(), null, appointment)),
                        hold,
                        booking),
                told(
                        "What was refused, or never asked for, is not so",
                        List.of(),
                        request(Operation.HOLD, Outcome.REFUSED, slot, null, null),
                        booking),
                told(
                        "What was refused, or never asked for, is not so",
                        List.of(),
                        hold,
                        request(Operation.BOOK, Outcome.REFUSED, null, lock, null)),
                told("What was refused, or never asked for, is not so", List.of(), hold),
                told(
                        "The same key brings about the same thing once",
                        List.of(request(Operation.BOOK, Outcome.ACKNOWLEDGED, null, lock, UUID.randomUUID())),
                        hold,
                        booking),
                told(
                        "The same key brings about the same thing once",
                        List.of(request(Operation.HOLD, Outcome.ACKNOWLEDGED, slot, UUID.randomUUID(), null)),
                        hold,
                        booking));
    }

    private DynamicTest told(String promise, List<Request> more, Request... requests) {
        var told = new ArrayList<>(List.of(requests));
        told.addAll(more);
        return dynamicTest(promise + " " + told.getLast().operation() + " " + told.size(), () -> {
            try (var database = RunningSystem.stack().connect()) {
                assertThat(promises(new ClientsPromises().broken(database, told)))
                        .contains(promise);
            }
        });
    }

    @Test
    void a_cancellation_nobody_asked_for_is_found() throws SQLException {
        var findings = inBroken("""
                update booking.appointment set status = 'CANCELLED', cancelled_by = 'PATIENT', cancelled_at = now(),
                                               cancellation_reason = 'none' where id = '{appointment}'""", database -> new ClientsPromises().broken(database, history));

        assertThat(promises(findings)).contains("What was refused, or never asked for, is not so");
    }

    @Test
    void what_nobody_answered_may_be_either_way_but_has_to_stay_so() throws SQLException {
        var unanswered = List.of(history.getFirst(), request(Operation.BOOK, Outcome.UNANSWERED, null, lock, null));
        var promises = new ClientsPromises();
        try (var database = RunningSystem.stack().connect()) {
            assertThat(promises.broken(database, unanswered)).isEmpty();
        }

        var findings = inBroken(
                "delete from booking.appointment where id = '{appointment}'",
                database -> promises.broken(database, unanswered));

        assertThat(promises(findings)).containsExactly("What nobody answered stays what it is");
    }

    @Test
    void an_event_that_is_not_on_its_topic_or_not_as_it_was_written_is_found() throws Exception {
        var booked = first(Topic.APPOINTMENT_BOOKED);
        var without = records.stream().filter(one -> one != booked).toList();
        var elsewhere = replaced(
                booked,
                new Published(
                        booked.topic(),
                        0,
                        booked.offset(),
                        "elsewhere",
                        booked.eventId(),
                        booked.digest(),
                        booked.event()));
        var otherwise = replaced(
                booked,
                new Published(
                        booked.topic(),
                        0,
                        booked.offset(),
                        booked.key(),
                        booked.eventId(),
                        "otherwise",
                        booked.event()));

        for (var wrong : List.of(without, elsewhere, otherwise)) {
            assertThat(promises(events(wrong, Set.of())))
                    .contains("Every committed change has its event on the topic, as it was written");
        }
        try (var database = RunningSystem.stack().connect()) {
            // The system goes on and commits more; both counts are of the same moment.
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            database.setAutoCommit(false);
            long late = EventsPromises.unpublished(database, since, records);
            assertThat(EventsPromises.unpublished(database, since, without)).isEqualTo(late + 1);
        }
    }

    @Test
    void an_event_that_was_never_committed_is_found() throws Exception {
        var booked = first(Topic.APPOINTMENT_BOOKED);
        var more = new ArrayList<>(records);
        more.add(
                new Published(booked.topic(), 0, 99, booked.key(), UUID.randomUUID(), booked.digest(), booked.event()));

        assertThat(promises(events(more, Set.of()))).contains("Nothing is on a topic that was not committed");
    }

    @Test
    void events_out_of_order_are_found_and_redeliveries_are_not() throws Exception {
        var booked = first(Topic.APPOINTMENT_BOOKED);
        var redelivered = new ArrayList<>(records);
        redelivered.addAll(records);
        assertThat(events(redelivered, Set.of())).isEmpty();

        var swapped = new ArrayList<>(records);
        swapped.add(moved(booked, 2, 101));
        swapped.add(moved(booked, 3, 100));
        assertThat(promises(events(swapped, Set.of())))
                .contains("Events of a slot, an appointment or a person come in order");
    }

    private Published moved(Published booked, int version, long offset) {
        var event = AppointmentRescheduled.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setSlotId(slot)
                .setSlotVersion(version)
                .setPreviousSlotId(slot)
                .setPreviousSlotVersion(version)
                .setDoctorId(UUID.fromString(booked.key()))
                .setPatientId(patient)
                .setMode(com.amrutam.events.Mode.ONLINE)
                .setStart(Instant.EPOCH)
                .setEnd(Instant.EPOCH)
                .setPreviousStart(Instant.EPOCH)
                .setRescheduledAt(Instant.EPOCH)
                .build();
        return new Published(
                Topic.APPOINTMENT_RESCHEDULED, 0, offset, booked.key(), UUID.randomUUID(), booked.digest(), event);
    }

    @Test
    void an_event_that_had_no_effect_is_found() throws Exception {
        var booked = first(Topic.APPOINTMENT_BOOKED);
        var forgotten = inBroken(
                "delete from doctor.inbox_event where event_id = '%s'".formatted(booked.eventId()),
                database -> events(database, records, Set.of()));
        assertThat(promises(forgotten)).containsExactly("Every event is handled by every service that listens to it");

        assertThat(promises(events(records, Set.of(booked.eventId()))))
                .contains("Every event is handled by every service that listens to it");

        var unheard = inBroken(
                "delete from notification.message where cause_event_id = '%s'".formatted(booked.eventId()),
                database -> events(database, records, Set.of()));
        assertThat(promises(unheard))
                .containsExactly("A person hears once of every code and every change of an appointment");
    }

    @Test
    void a_search_that_shows_another_slot_than_the_next_free_one_is_found() {
        var truth = Map.of("doctor ONLINE", "tomorrow");

        assertThat(SearchPromise.compare(Map.of("doctor ONLINE", "tomorrow", "doctor IN_PERSON", "none"), truth))
                .isEmpty();
        assertThat(SearchPromise.compare(Map.of("doctor ONLINE", "today"), truth))
                .hasSize(1);
        assertThat(SearchPromise.compare(Map.of("doctor ONLINE", "none"), truth))
                .hasSize(1);
        assertThat(SearchPromise.compare(Map.of("doctor IN_PERSON", "tomorrow"), truth))
                .hasSize(1);
    }

    private List<Finding> events(List<Published> what, Set<UUID> parked) throws Exception {
        try (var database = RunningSystem.stack().connect()) {
            return events(database, what, parked);
        }
    }

    private List<Finding> events(Connection database, List<Published> what, Set<UUID> parked) throws SQLException {
        try {
            return EventsPromises.broken(database, since, what, groups.listeners(), parked);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Published first(Topic topic) {
        return records.stream().filter(one -> one.topic() == topic).findFirst().orElseThrow();
    }

    private List<Published> replaced(Published old, Published other) {
        return records.stream().map(one -> one == old ? other : one).toList();
    }

    private static List<String> promises(List<Finding> findings) {
        return findings.stream().map(Finding::promise).distinct().toList();
    }
}
