package com.amrutam.booking;

import com.amrutam.booking.appointment.ConfirmCall;
import com.amrutam.booking.lock.LockCall;
import com.amrutam.kit.codes.OneTimeCodes;
import com.amrutam.kit.instance.Instance;
import com.amrutam.localstack.junit.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the service adds to its SQL, and whether it slows as the tables grow. Not part of the tests, since a figure is no
 * verdict; run it with
 * {@code ./amrutam test booking-service -Dtest=BookingBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BookingBenchmark {
    private static final int CALLERS = 8;
    private static final int WARM_UP = 4_000;
    private static final int CALLS = 8_000;
    private static final int SLOTS = 5_000_000;
    private static final int APPOINTMENTS = 1_000_000;
    private static final String CODE = "123456";

    private final Instance instance =
            Instances.quiet(Map.of("amrutam.outbox.relay.enabled", "false", "logging.level.root", "warn"));
    private final JdbcClient jdbc = instance.bean(JdbcClient.class);
    private final OneTimeCodes codes = instance.bean(OneTimeCodes.class);
    private final LockCall lockCall = new LockCall(instance.context());
    private final ConfirmCall confirmCall = new ConfirmCall(instance.context());

    private int doctors;

    /** Something done once per slot, in a connection of its caller's own when it is bare SQL. */
    private interface Call {
        void on(Connection connection, Hold hold) throws SQLException;
    }

    /** @param lockId the lock to confirm, or the one to make */
    private record Hold(UUID slotId, UUID doctorId, UUID patientId, UUID lockId) {}

    @BeforeAll
    void warmUp() throws Exception {
        run(freeSlots(WARM_UP), (connection, hold) -> lockCall.lock(hold.patientId(), hold.slotId()));
        run(freeSlots(WARM_UP), BookingBenchmark::lockBare);
        run(held(WARM_UP), (connection, hold) -> confirmCall.confirm(hold.patientId(), hold.lockId(), CODE));
        run(held(WARM_UP), BookingBenchmark::confirmBare);
    }

    @AfterAll
    void stop() {
        instance.close();
    }

    @Test
    void transactions_against_the_same_sql_alone() throws Exception {
        System.out.printf(
                "%n%-10s %14s %14s %8s   (%d callers, %d calls)%n", "", "service", "bare SQL", "ratio", CALLERS, CALLS);
        for (int round = 0; round < 3; round++) {
            var service =
                    perSecond(freeSlots(CALLS), (connection, hold) -> lockCall.lock(hold.patientId(), hold.slotId()));
            var bare = perSecond(freeSlots(CALLS), BookingBenchmark::lockBare);
            print("lock", service, bare);
            service = perSecond(
                    held(CALLS), (connection, hold) -> confirmCall.confirm(hold.patientId(), hold.lockId(), CODE));
            bare = perSecond(held(CALLS), BookingBenchmark::confirmBare);
            print("confirm", service, bare);
        }
    }

    @Test
    void the_outbox_row_of_a_booking() throws Exception {
        System.out.printf("%n%-10s %14s %14s %8s%n", "", "with event", "without", "ratio");
        for (int round = 0; round < 4; round++) {
            var with = perSecond(held(CALLS), BookingBenchmark::confirmBare);
            var without = perSecond(held(CALLS), BookingBenchmark::confirmBareUntold);
            print("confirm", with, without);
        }
    }

    @Test
    void locking_in_empty_and_in_full_tables() throws Exception {
        var empty = latencies(freeSlots(CALLS));
        fill();
        var full = latencies(freeSlots(CALLS));
        System.out.printf(
                "%nlock of one caller: empty tables p50 %.2f ms, p95 %.2f ms; %,d slots and %,d appointments p50 %.2f ms,"
                        + " p95 %.2f ms; ratio of p50 %.2f%n",
                at(empty, 50),
                at(empty, 95),
                SLOTS,
                APPOINTMENTS,
                at(full, 50),
                at(full, 95),
                at(full, 50) / at(empty, 50));
        plans();
    }

    private static void print(String what, double service, double bare) {
        System.out.printf("%-10s %12.0f/s %12.0f/s %7.0f %%%n", what, service, bare, 100 * service / bare);
    }

    private double perSecond(List<Hold> holds, Call call) throws Exception {
        // Tables that grew from nothing within seconds: without, both sides run on plans made for empty ones.
        jdbc.sql("analyze").update();
        var begun = System.nanoTime();
        run(holds, call);
        return holds.size() * 1e9 / (System.nanoTime() - begun);
    }

    private static void run(List<Hold> holds, Call call) throws Exception {
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit((Callable<?>) () -> {
                    try (var connection = connect()) {
                        for (int n = next.getAndIncrement(); n < holds.size(); n = next.getAndIncrement()) {
                            call.on(connection, holds.get(n));
                        }
                    }
                    return true;
                }));
            }
            for (var caller : callers) {
                caller.get();
            }
        }
    }

    /** In milliseconds, sorted, without those of the first quarter. */
    private double[] latencies(List<Hold> holds) {
        var latencies = new double[holds.size()];
        for (int i = 0; i < latencies.length; i++) {
            var begun = System.nanoTime();
            lockCall.lock(holds.get(i).patientId(), holds.get(i).slotId());
            latencies[i] = (System.nanoTime() - begun) / 1e6;
        }
        return Arrays.stream(latencies, latencies.length / 4, latencies.length)
                .sorted()
                .toArray();
    }

    private static double at(double[] sorted, int percentile) {
        return sorted[sorted.length * percentile / 100];
    }

    private static Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(
                LocalStack.databaseUrl() + "?currentSchema=booking,public",
                "booking",
                System.getProperty("amrutam.datasource.password"));
        connection.setAutoCommit(false);
        return connection;
    }

    /** Free slots of a few new doctors, one an hour from tomorrow on. */
    private List<Hold> freeSlots(int count) {
        doctors++;
        return jdbc.sql("""
                        insert into slot (id, doctor_id, starts_at, ends_at, modes, minimum_notice)
                        select gen_random_uuid(), md5('doctor ' || :doctors || (n % 100))::uuid,
                               now() + interval '1 day' + n * interval '1 hour',
                               now() + interval '1 day' + n * interval '1 hour' + interval '30 minutes',
                               array['ONLINE'], interval '0'
                        from generate_series(1, :count) n
                        returning id, doctor_id""")
                .param("doctors", doctors)
                .param("count", count)
                .query((row, n) -> new Hold(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        UUID.randomUUID(),
                        UUID.randomUUID()))
                .list();
    }

    /** Slots held by a patient each, all with the same code. */
    private List<Hold> held(int count) throws Exception {
        var holds = new ArrayList<Hold>();
        for (var free : freeSlots(count)) {
            var lockId = lockCall.lock(free.patientId(), free.slotId());
            jdbc.sql("update slot_lock set code_digest = ? where id = ?")
                    .params(codes.digest(lockId, CODE), lockId)
                    .update();
            holds.add(new Hold(free.slotId(), free.doctorId(), free.patientId(), lockId));
        }
        return holds;
    }

    /** What LockSlot sends to the database, statement by statement, with nothing around it. */
    private static void lockBare(Connection connection, Hold hold) throws SQLException {
        query(
                connection,
                "select id, doctor_id, starts_at, ends_at, modes,"
                        + " extract(epoch from minimum_notice)::bigint from slot where id = ?",
                hold.slotId());
        query(connection, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "patient " + hold.patientId());
        query(
                connection,
                "select count(*) from slot_lock where patient_id = ? and status = 'ACTIVE'"
                        + " and expires_at > clock_timestamp()",
                hold.patientId());
        query(
                connection,
                "select count(*) from appointment where patient_id = ? and status = 'BOOKED'"
                        + " and starts_at > clock_timestamp()",
                hold.patientId());
        query(
                connection,
                "select exists (select from appointment where patient_id = ? and status = 'BOOKED'"
                        + " and tstzrange(starts_at, ends_at) && tstzrange(now(), now() + interval '30 minutes'))",
                hold.patientId());
        query(
                connection,
                "update slot set state = 'LOCKED', lock_id = ?,"
                        + " locked_until = clock_timestamp() + make_interval(secs => 300),"
                        + " version = version + case state when 'LOCKED' then 2 else 1 end"
                        + " where id = ? and (state = 'FREE' or (state = 'LOCKED' and locked_until <= clock_timestamp()))"
                        + " returning new.version, new.locked_until, old.lock_id, clock_timestamp()",
                hold.lockId(),
                hold.slotId());
        update(
                connection,
                "insert into slot_lock (id, slot_id, doctor_id, patient_id, mode, starts_at, ends_at, status,"
                        + " reason, code_digest, attempts_remaining, expires_at, created_at)"
                        + " values (?, ?, ?, ?, 'ONLINE', now(), now(), 'ACTIVE', 'PATIENT', ?, 5, now() + interval '5 minutes', now())",
                hold.lockId(),
                hold.slotId(),
                hold.doctorId(),
                hold.patientId(),
                new byte[32]);
        event(connection, 180);
        event(connection, 150);
        connection.commit();
    }

    /** What BookAppointment sends to the database. */
    private static void confirmBare(Connection connection, Hold hold) throws SQLException {
        confirm(connection, hold);
        event(connection, 180);
        connection.commit();
    }

    /** The same with nobody told of it. */
    private static void confirmBareUntold(Connection connection, Hold hold) throws SQLException {
        confirm(connection, hold);
        connection.commit();
    }

    private static void confirm(Connection connection, Hold hold) throws SQLException {
        query(connection, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "patient " + hold.patientId());
        query(
                connection,
                "select 1 from slot where id = (select slot_id from slot_lock where id = ?) for update",
                hold.lockId());
        query(
                connection,
                "select *, clock_timestamp() as now from slot_lock where id = ? and patient_id = ?",
                hold.lockId(),
                hold.patientId());
        query(
                connection,
                "select exists (select from appointment where patient_id = ? and status = 'BOOKED'"
                        + " and tstzrange(starts_at, ends_at) && tstzrange(now(), now() + interval '30 minutes'))",
                hold.patientId());
        var appointmentId = UUID.randomUUID();
        query(
                connection,
                "update slot set state = 'BOOKED', version = version + 1, lock_id = null, locked_until = null,"
                        + " appointment_id = ? where id = ? and state = 'LOCKED' and lock_id = ?"
                        + " and locked_until > clock_timestamp() returning version",
                appointmentId,
                hold.slotId(),
                hold.lockId());
        query(
                connection,
                "update slot_lock set status = 'CONFIRMED' where id = ? and status = 'ACTIVE' returning *",
                hold.lockId());
        update(
                connection,
                "insert into appointment (id, version, status, slot_id, slot_lock_id, doctor_id, patient_id, mode,"
                        + " starts_at, ends_at, reason, booked_at, scheduled_at)"
                        + " select ?, 1, 'BOOKED', id, ?, doctor_id, ?, 'ONLINE', starts_at, ends_at, null, now(), now()"
                        + " from slot where id = ?",
                appointmentId,
                hold.lockId(),
                hold.patientId(),
                hold.slotId());
    }

    private static void event(Connection connection, int bytes) throws SQLException {
        update(
                connection,
                "insert into outbox_event (id, topic, key, payload, traceparent)"
                        + " values (?, 'booking.slot-locked.v1', 'x', ?, '00-00000000000000000000000000000000-0000000000000000-00')",
                UUID.randomUUID(),
                new byte[bytes]);
    }

    private static void query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters);
                var rows = statement.executeQuery()) {
            rows.next();
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Years of a large clinic: slots of 2,000 doctors, one in five booked, most of it past. */
    private static void fill() throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("set search_path = booking, public");
            statement.execute("set session_replication_role = replica");
            // Built once at the end instead of row by row: the same indexes, minutes sooner.
            statement.execute("alter table slot drop constraint slots_of_a_doctor_do_not_overlap");
            statement.execute("alter table appointment drop constraint appointments_of_a_patient_do_not_overlap");
            statement.execute("""
                    insert into slot (id, doctor_id, starts_at, ends_at, modes, minimum_notice, state, version, appointment_id)
                    select md5('slot ' || n)::uuid, md5('big doctor ' || n %% 2000)::uuid,
                           date_trunc('hour', now()) + (n / 2000 - %1$d / 2200) * interval '1 hour',
                           date_trunc('hour', now()) + (n / 2000 - %1$d / 2200) * interval '1 hour' + interval '30 minutes',
                           array['ONLINE'], interval '0',
                           case when n %% 5 = 0 then 'BOOKED' else 'FREE' end, 3,
                           case when n %% 5 = 0 then md5('appointment ' || n)::uuid end
                    from generate_series(1, %1$d) n""".formatted(SLOTS));
            statement.execute("""
                    insert into appointment (id, status, slot_id, slot_lock_id, doctor_id, patient_id, mode, starts_at, ends_at,
                                             booked_at, scheduled_at)
                    select appointment_id, case when starts_at < now() then 'FULFILLED' else 'BOOKED' end, id, gen_random_uuid(), doctor_id,
                           md5('patient ' || row_number() over () %% 200000)::uuid, 'ONLINE', starts_at, ends_at,
                           starts_at - interval '3 days', starts_at - interval '3 days'
                    from slot where id in (select md5('slot ' || n)::uuid from generate_series(5, %d, 5) n)""".formatted(SLOTS));
            statement.execute("""
                    alter table slot add constraint slots_of_a_doctor_do_not_overlap
                        exclude using gist (doctor_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'WITHDRAWN')""");
            statement.execute("""
                    create index appointments_of_a_patient_do_not_overlap on appointment
                        using gist (patient_id, tstzrange(starts_at, ends_at)) where (status = 'BOOKED')""");
            statement.execute("vacuum analyze slot");
            statement.execute("vacuum analyze appointment");
        }
    }

    private static void plans() throws SQLException {
        var patient = "(select patient_id from appointment where status = 'BOOKED' limit 1)";
        var doctor = "md5('big doctor 5')::uuid";
        var list = "select a.*, d.name from appointment a left join doctor d on d.doctor_id = a.doctor_id where ";
        var queries = List.of(
                list + "a.patient_id = " + patient + " order by a.starts_at desc, a.id desc limit 21",
                list + "a.doctor_id = " + doctor + " order by a.starts_at desc, a.id desc limit 21",
                list + "a.doctor_id = " + doctor
                        + " and a.starts_at >= now() and a.starts_at < now() + interval '1 day'"
                        + " order by a.starts_at desc, a.id desc limit 21",
                list + "a.doctor_id = " + doctor + " and (a.starts_at, a.id) < (now() - interval '90 days', " + doctor
                        + ") order by a.starts_at desc, a.id desc limit 21",
                list + "true order by a.starts_at desc, a.id desc limit 21",
                "select id from slot where doctor_id = " + doctor + " and state = 'FREE' and starts_at >= now()"
                        + " order by starts_at limit 3",
                "select exists (select from appointment where patient_id = " + patient + " and status = 'BOOKED'"
                        + " and tstzrange(starts_at, ends_at) && tstzrange(now(), now() + interval '1 hour'))",
                "select id from slot where state = 'LOCKED' and locked_until <= clock_timestamp()"
                        + " order by locked_until limit 200",
                "select a.id from appointment a where a.status = 'BOOKED' and a.starts_at > now()"
                        + " and a.starts_at <= now() + interval '1 day' order by a.starts_at limit 500");
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("set search_path = booking, public");
            for (var query : queries) {
                System.out.printf("%n%s%n", query);
                try (var rows = statement.executeQuery("explain (analyze, costs off, buffers off) " + query)) {
                    while (rows.next()) {
                        System.out.println("    " + rows.getString(1));
                    }
                }
            }
        }
    }
}
