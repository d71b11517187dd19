package com.amrutam.identity.email;

import com.amrutam.kit.data.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The e-mail challenges of the last days. */
@Repository
class EmailChallenges {
    private final JdbcClient jdbc;

    EmailChallenges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Recent recent(UUID userId, Instant since) {
        return jdbc.sql("""
                        select count(*) as count, min(requested_at) as oldest, max(requested_at) as latest
                        from email_challenge where user_id = :userId and requested_at > :since""")
                .param("userId", userId)
                .param("since", Timestamps.toSql(since))
                .query((row, n) -> new Recent(
                        row.getInt("count"),
                        Timestamps.instantOrNull(row, "oldest"),
                        Timestamps.instantOrNull(row, "latest")))
                .single();
    }

    /** Opens a challenge in place of the one the user had. */
    void open(EmailChallenge challenge) {
        jdbc.sql("update email_challenge set outcome = 'SUPERSEDED' where user_id = :userId and outcome is null")
                .param("userId", challenge.userId())
                .update();
        jdbc.sql("""
                        insert into email_challenge (id, user_id, email, code_digest, requested_at, expires_at,
                                                     attempts_remaining)
                        values (:id, :userId, :email, :codeDigest, :requestedAt, :expiresAt, :attempts)""")
                .param("id", challenge.id())
                .param("userId", challenge.userId())
                .param("email", challenge.email())
                .param("codeDigest", challenge.codeDigest())
                .param("requestedAt", Timestamps.toSql(challenge.requestedAt()))
                .param("expiresAt", Timestamps.toSql(challenge.expiresAt()))
                .param("attempts", challenge.attempts())
                .update();
    }

    /** Takes one guess from the user's challenge if it can still be answered; see {@code Challenges.takeGuess}. */
    Optional<Guess> takeGuess(UUID id, UUID userId, Instant now) {
        return jdbc.sql("""
                        update email_challenge set attempts_remaining = attempts_remaining - 1
                        where id = :id and user_id = :userId and outcome is null and attempts_remaining > 0
                          and expires_at > :now
                        returning email, code_digest, attempts_remaining""")
                .param("id", id)
                .param("userId", userId)
                .param("now", Timestamps.toSql(now))
                .query((row, n) -> new Guess(
                        row.getString("email"), row.getBytes("code_digest"), row.getInt("attempts_remaining")))
                .optional();
    }

    /** Closes a challenge for good after the right code. */
    void spend(UUID id) {
        jdbc.sql("update email_challenge set outcome = 'SPENT' where id = :id")
                .param("id", id)
                .update();
    }

    void dropRequestedBefore(Instant instant) {
        jdbc.sql("delete from email_challenge where requested_at < :instant")
                .param("instant", Timestamps.toSql(instant))
                .update();
    }

    /** A guess that was taken, to be compared with what was sent. */
    record Guess(String email, byte[] codeDigest, int attemptsRemaining) {}

    /**
     * What one user asked for in the last 24 hours.
     *
     * @param oldest when the first of them was asked for
     * @param latest when the last was
     */
    record Recent(
            int count, @Nullable Instant oldest, @Nullable Instant latest) {}
}
