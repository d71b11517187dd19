package com.amrutam.system.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A promise about the tables, as a query for whatever breaks it.
 *
 * @param promise in words
 * @param violations answers one text a violation
 */
record Rule(String promise, String violations) {
    private static final int ENOUGH = 20;

    /** What must hold at any moment: no transaction may ever show anything else. */
    static final List<Rule> ALWAYS = List.of(
            new Rule("No slot has two active appointments", """
                    select slot_id || ' has ' || string_agg(id::text, ' and ') from booking.appointment
                    where status <> 'CANCELLED' group by slot_id having count(*) > 1"""),
            new Rule("No slot is BOOKED without its appointment", """
                    select s.id || ' for ' || s.appointment_id from booking.slot s
                    where s.state = 'BOOKED' and not exists (
                        select from booking.appointment a
                        where a.id = s.appointment_id and a.slot_id = s.id and a.status <> 'CANCELLED')"""),
            new Rule("No appointment stands without its slot", """
                    select a.id || ' on ' || a.slot_id from booking.appointment a
                    where a.status <> 'CANCELLED' and not exists (
                        select from booking.slot s
                        where s.id = a.slot_id and s.state = 'BOOKED' and s.appointment_id = a.id)"""),
            new Rule("No patient has two appointments at a time", """
                    select a.id || ' and ' || b.id from booking.appointment a
                    join booking.appointment b on b.patient_id = a.patient_id and b.id > a.id
                        and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
                    where a.status = 'BOOKED' and b.status = 'BOOKED'"""),
            new Rule("No doctor has two slots at a time", """
                    select a.id || ' and ' || b.id from booking.slot a
                    join booking.slot b on b.doctor_id = a.doctor_id and b.id > a.id
                        and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
                    where a.state <> 'WITHDRAWN' and b.state <> 'WITHDRAWN'"""),
            new Rule("A slot is LOCKED by its active lock, and no lock is active without its slot", """
                    select coalesce(s.id::text, 'no slot') || ' and lock ' || coalesce(l.id::text, 'none')
                    from (select * from booking.slot where state = 'LOCKED') s
                    full join (select * from booking.slot_lock where status = 'ACTIVE') l
                        on l.slot_id = s.id and l.id = s.lock_id
                    where s.id is null or l.id is null"""),
            new Rule("An appointment comes from a lock that was confirmed, and a confirmed lock became one", """
                    select coalesce(a.id::text, 'no appointment') || ' and lock ' || coalesce(l.id::text, 'none')
                    from booking.appointment a
                    full join (select * from booking.slot_lock where status = 'CONFIRMED') l on l.id = a.slot_lock_id
                    where a.id is null or l.id is null"""),
            new Rule("One cause, one person, one channel: one message", """
                    select cause_event_id || ' ' || channel || ' ' || count(*) from notification.message
                    group by cause_event_id, recipient, channel having count(*) > 1"""),
            new Rule("A message goes out at most once", """
                    select m.cause_event_id || ' ' || k.channel || ' ' || count(*)
                    from notification.kept_message k join notification.message m on m.id = k.id
                    group by m.cause_event_id, k.recipient, k.channel having count(*) > 1"""),
            new Rule("What went out is on record as sent, and what is on record as sent went out", """
                    select coalesce(m.id, k.id)::text
                    from (select * from notification.message where state in ('SENT', 'DELIVERED')) m
                    full join notification.kept_message k on k.id = m.id
                    where m.id is null and not exists (select from notification.erased_user)
                        -- Handed over, and its sender died before it wrote that down.
                        and not exists (
                            select from notification.message u
                            where u.id = k.id and (u.state = 'SENDING' or u.state = 'FAILED' and u.reason = 'uncertain'))
                       or k.id is null and m.sent_at > (select min(sent_at) from notification.kept_message)"""));

    /** What has to have come about once nothing is under way any more. */
    static final List<Rule> AFTER_QUIET = List.of(
            new Rule("No slot stays LOCKED past its end", """
                    select id || ' since ' || locked_until from booking.slot
                    where state = 'LOCKED' and locked_until < clock_timestamp()"""),
            new Rule("The doctor's view of a slot is what booking says", """
                    select d.id || ' ' || d.state || ' ' || d.version || ' but ' || coalesce(b.state, 'none')
                           || ' ' || coalesce(b.version::text, '')
                    from doctor.slot d left join booking.slot b on b.id = d.id
                    where d.ends_at > now() and (
                        coalesce(b.state, 'WITHDRAWN') <> d.state or d.state <> 'WITHDRAWN' and b.version <> d.version)"""),
            new Rule("Every slot of the inventory is in the doctor's view", """
                    select b.id::text from booking.slot b
                    where b.ends_at > now() and not exists (select from doctor.slot d where d.id = b.id)"""),
            new Rule("Identity knows which appointments lie ahead", """
                    select a.id || ' ' || a.version || ' but ' || coalesce(i.version::text, 'none')
                    from booking.appointment a left join identity.appointment_ahead i on i.appointment_id = a.id
                    where a.starts_at > now()
                      and (i.version is distinct from a.version or i.stands <> (a.status = 'BOOKED'))"""),
            new Rule("Notification knows how appointments stand", """
                    select a.id || ' ' || a.version || ' but ' || coalesce(n.version::text, 'none')
                    from booking.appointment a left join notification.appointment n on n.appointment_id = a.id
                    where n.version is distinct from a.version or n.stands <> (a.status = 'BOOKED')"""),
            new Rule("Notification knows how to reach people", """
                    select u.id || ' ' || u.version || ' but ' || coalesce(c.version::text, 'none')
                    from identity.user_account u left join notification.contact c on c.user_id = u.id
                    where c.version is distinct from u.version"""),
            new Rule("Booking and notification know the doctors", """
                    select d.id || ' ' || d.version || ' but ' || coalesce(b.version::text, 'none') || ' and '
                           || coalesce(n.version::text, 'none')
                    from doctor.doctor d
                    left join booking.doctor b on b.doctor_id = d.id
                    left join notification.doctor n on n.doctor_id = d.id
                    where b.version is distinct from d.version or n.version is distinct from d.version"""),
            new Rule("A doctor's rating counts each review once", """
                    select d.id || ' ' || d.review_count || ' but ' || count(r.id)
                    from doctor.doctor d left join booking.review r on r.doctor_id = d.id
                    group by d.id having count(r.id) <> d.review_count"""),
            new Rule("No message waits that is due", """
                    select id::text from notification.message where state = 'QUEUED' and next_attempt <= now()"""));

    /** What breaks it now, as far as the first twenty. */
    List<Finding> broken(Connection database) throws SQLException {
        var findings = new ArrayList<Finding>();
        try (var statement = database.createStatement()) {
            statement.setMaxRows(ENOUGH);
            try (var rows = statement.executeQuery(violations)) {
                while (rows.next()) {
                    findings.add(new Finding(promise, rows.getString(1)));
                }
            }
        }
        return findings;
    }
}
