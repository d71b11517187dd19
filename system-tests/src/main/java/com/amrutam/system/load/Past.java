package com.amrutam.system.load;

import com.amrutam.localstack.server.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Days that have been: what 5,000 appointments each have left behind in the tables. Put there directly, since nobody can book
 * in the past. doctor-service forgets slots that have passed, so there is nothing of it there.
 */
final class Past {
    private static final int PER_DAY = 5_000;
    /** What was before this is of our making. Doctors' appointments are a minute apart, of one doctor as many as there are doctors. */
    private static final String END = "timestamptz '2026-01-01'";

    private static final int INBOX_DAYS = 14;

    private Past() {}

    /** Fills the tables until there are so many days in them. */
    static void fill(Stack stack, int days) throws SQLException {
        try (var database = stack.connect();
                var statement = database.createStatement()) {
            long first = number(database, "select count(*) from booking.appointment where starts_at < " + END);
            long last = (long) days * PER_DAY;
            if (first >= last) {
                return;
            }
            // Foreign keys and the rules of how a slot may change are of no use for what comes whole.
            statement.execute("set session_replication_role = replica");
            statement.execute("""
                    create temp table past as
                    select n, md5('past slot ' || n)::uuid as slot_id, md5('past lock ' || n)::uuid as lock_id,
                           md5('past appointment ' || n)::uuid as appointment_id, md5('past patient ' || n / 2)::uuid as patient_id,
                           '+9195' || lpad((n / 2)::text, 8, '0') as phone, d.id as doctor_id,
                           %s - n * interval '1 minute' as starts_at, %1$s - n * interval '1 minute' + interval '30 minutes' as ends_at
                    from generate_series(%d, %d) n
                    join (select id, row_number() over (order by id) - 1 as place, count(*) over () as count
                          from doctor.doctor where verified) d on d.place = n %% d.count
                    """.formatted(END, first + 1, last));
            for (var insert : List.of(
                    """
                    insert into booking.slot (id, doctor_id, starts_at, ends_at, modes, minimum_notice, state, version, appointment_id)
                    select slot_id, doctor_id, starts_at, ends_at, array['ONLINE'], interval '0', 'BOOKED', 3, appointment_id from past""",
                    """
                    insert into booking.slot_lock (id, slot_id, doctor_id, patient_id, mode, starts_at, ends_at, status, reason,
                                                   code_digest, attempts_remaining, expires_at, created_at)
                    select lock_id, slot_id, doctor_id, patient_id, 'ONLINE', starts_at, ends_at, 'CONFIRMED', 'PATIENT',
                           sha256(lock_id::text::bytea), 5, starts_at, starts_at from past""",
                    """
                    insert into booking.appointment (id, version, status, slot_id, slot_lock_id, doctor_id, patient_id, mode,
                                                     starts_at, ends_at, booked_at, scheduled_at)
                    select appointment_id, 2, 'FULFILLED', slot_id, lock_id, doctor_id, patient_id, 'ONLINE',
                           starts_at, ends_at, starts_at, starts_at from past""",
                    """
                    insert into identity.user_account (id, phone, roles, created_at, changed_at)
                    select distinct patient_id, phone, array['PATIENT'], %s, %1$s from past on conflict do nothing""".formatted(END),
                    """
                    insert into notification.contact (user_id, phone, language, time_zone, version)
                    select distinct patient_id, phone, 'en', 'Asia/Kolkata', 1 from past on conflict do nothing""",
                    """
                    insert into notification.appointment (appointment_id, version, stands)
                    select appointment_id, 2, false from past""",
                    """
                    insert into notification.message (id, cause_event_id, user_id, kind, channel, recipient, subject, text, state, sent_at)
                    select md5('past message ' || n || kind)::uuid, md5('past event ' || n || kind)::uuid, patient_id, kind, 'SMS', phone,
                           'Your appointment', 'Your appointment with your doctor is on Friday, 15 January, 10:00 (online).', 'SENT', starts_at
                    from past, unnest(array['BOOKING_CODE', 'APPOINTMENT_BOOKED']) as kind""",
                    inbox("identity", "array['BOOKED']", last),
                    inbox("doctor", "array['LOCKED', 'BOOKED']", last),
                    inbox("notification", "array['CODE', 'BOOKED']", last))) {
                statement.execute(insert);
            }
            for (var table : List.of(
                    "booking.slot",
                    "booking.slot_lock",
                    "booking.appointment",
                    "identity.user_account",
                    "notification.message")) {
                statement.execute("vacuum analyze " + table);
            }
        }
    }

    /** What a service remembers of the events of the last days. */
    private static String inbox(String service, String kinds, long last) {
        return """
                insert into %s.inbox_event (event_id) select md5('past event ' || n || kind)::uuid
                from past, unnest(%s) as kind where n > %d""".formatted(service, kinds, last - INBOX_DAYS * PER_DAY);
    }

    private static long number(Connection database, String query) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
