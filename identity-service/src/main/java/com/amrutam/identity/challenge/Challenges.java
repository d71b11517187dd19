package com.amrutam.identity.challenge;

import com.amrutam.identity.challenge.CodePolicy.RecentCodes;
import com.amrutam.identity.challenge.CodePolicy.Tally;
import com.amrutam.identity.user.Phone;
import com.amrutam.kit.data.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The challenges of the last days. */
@Repository
class Challenges {
    private final JdbcClient jdbc;

    Challenges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes requests for the same phone take turns until the transaction ends, so that each counts the ones before. */
    void takeTurns(Phone phone) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('login_challenge ' || :phone, 0))")
                .param("phone", phone.e164())
                .query(row -> {});
    }

    RecentCodes recent(Phone phone, Instant since) {
        return jdbc.sql("""
                        select count(*) as count, min(requested_at) as oldest,
                            max(requested_at) filter (where outcome is distinct from 'SPENT') as latest_unspent
                        from login_challenge where phone = :phone and requested_at > :since""")
                .param("phone", phone.e164())
                .param("since", Timestamps.toSql(since))
                .query((row, n) -> new RecentCodes(
                        row.getInt("count"),
                        Timestamps.instantOrNull(row, "oldest"),
                        Timestamps.instantOrNull(row, "latest_unspent")))
                .single();
    }

    /** What one client asked for, for whatever phones. Requests that come at the same moment do not count each other. */
    Tally askedBy(String clientAddress, Instant since) {
        return tally("client_address", clientAddress, since);
    }

    /** What was sent into the phone's block of numbers. Requests that come at the same moment do not count each other. */
    Tally sentNear(Phone phone, Instant since) {
        return tally("block", phone.block(), since);
    }

    private Tally tally(String column, String value, Instant since) {
        return jdbc.sql("select count(*) as count, min(requested_at) as oldest from login_challenge where " + column
                        + " = :value and requested_at > :since")
                .param("value", value)
                .param("since", Timestamps.toSql(since))
                .query((row, n) -> new Tally(row.getInt("count"), Timestamps.instantOrNull(row, "oldest")))
                .single();
    }

    /** Forgets what was sent to a phone. */
    void forget(Phone phone) {
        jdbc.sql("delete from login_challenge where phone = :phone")
                .param("phone", phone.e164())
                .update();
    }

    /** Opens a challenge in place of the one the phone had. */
    void open(Challenge challenge) {
        jdbc.sql("update login_challenge set outcome = 'SUPERSEDED' where phone = :phone and outcome is null")
                .param("phone", challenge.phone().e164())
                .update();
        jdbc.sql("""
                        insert into login_challenge (id, phone, client_address, code_digest, requested_at, expires_at, attempts_remaining)
                        values (:id, :phone, :clientAddress, :codeDigest, :requestedAt, :expiresAt, :attempts)""")
                .param("id", challenge.id())
                .param("phone", challenge.phone().e164())
                .param("clientAddress", challenge.clientAddress())
                .param("codeDigest", challenge.codeDigest())
                .param("requestedAt", Timestamps.toSql(challenge.requestedAt()))
                .param("expiresAt", Timestamps.toSql(challenge.expiresAt()))
                .param("attempts", challenge.attempts())
                .update();
    }

    /**
     * Takes one guess from a challenge that can still be answered. One statement decides: of guesses that come at once
     * each takes its own, in turn, since the row stays locked until the guess is judged and committed; none is taken
     * twice, and none after the right one.
     */
    Optional<Guess> takeGuess(UUID id, Instant now) {
        return jdbc.sql("""
                        update login_challenge set attempts_remaining = attempts_remaining - 1
                        where id = :id and outcome is null and attempts_remaining > 0 and expires_at > :now
                        returning phone, code_digest, attempts_remaining""")
                .param("id", id)
                .param("now", Timestamps.toSql(now))
                .query((row, n) -> new Guess(
                        new Phone(row.getString("phone")),
                        row.getBytes("code_digest"),
                        row.getInt("attempts_remaining")))
                .optional();
    }

    /** Closes a challenge for good after the right code. */
    void spend(UUID id) {
        jdbc.sql("update login_challenge set outcome = 'SPENT' where id = :id")
                .param("id", id)
                .update();
    }

    int dropRequestedBefore(Instant instant) {
        return jdbc.sql("delete from login_challenge where requested_at < :instant")
                .param("instant", Timestamps.toSql(instant))
                .update();
    }

    /** A guess that was taken, to be compared with what was sent. */
    record Guess(Phone phone, byte[] codeDigest, int attemptsRemaining) {}
}
