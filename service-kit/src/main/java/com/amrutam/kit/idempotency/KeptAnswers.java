package com.amrutam.kit.idempotency;

import com.amrutam.kit.data.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The answers given under an Idempotency-Key, kept as long as a client may ask again. */
public class KeptAnswers {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration retention;

    KeptAnswers(JdbcClient jdbc, Clock clock, Duration retention) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.retention = retention;
    }

    /** Takes the key for this transaction; false while a twin holds it. Never waits. */
    boolean claim(String caller, String key) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:caller || ' ' || :key, 0))")
                .param("caller", caller)
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    Optional<KeptAnswer> find(String caller, String key) {
        return jdbc.sql("""
                        select fingerprint, status, content_type, location, etag, body from idempotency_key
                        where caller = :caller and key = :key and kept_at > :since""")
                .param("caller", caller)
                .param("key", key)
                .param("since", Timestamps.toSql(clock.instant().minus(retention)))
                .query((row, n) -> new KeptAnswer(
                        row.getBytes("fingerprint"),
                        row.getInt("status"),
                        row.getString("content_type"),
                        row.getString("location"),
                        row.getString("etag"),
                        row.getBytes("body")))
                .optional();
    }

    /** Keeps an answer in the caller's transaction, in place of one that is past its time. */
    void keep(String caller, String key, KeptAnswer answer) {
        jdbc.sql("""
                        insert into idempotency_key (caller, key, fingerprint, status, content_type, location, etag, body, kept_at)
                        values (:caller, :key, :fingerprint, :status, :contentType, :location, :etag, :body, :now)
                        on conflict (caller, key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
                            content_type = excluded.content_type, location = excluded.location, etag = excluded.etag,
                            body = excluded.body, kept_at = excluded.kept_at""")
                .param("caller", caller)
                .param("key", key)
                .param("fingerprint", answer.fingerprint())
                .param("status", answer.status())
                .param("contentType", answer.contentType())
                .param("location", answer.location())
                .param("etag", answer.etag())
                .param("body", answer.body())
                .param("now", Timestamps.toSql(clock.instant()))
                .update();
    }

    /** Removes the answers kept for a user who was erased: they may hold what the user wrote. */
    public void forget(UUID user) {
        jdbc.sql("delete from idempotency_key where caller = :caller")
                .param("caller", user.toString())
                .update();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void dropExpired() {
        jdbc.sql("delete from idempotency_key where kept_at < :before")
                .param("before", Timestamps.toSql(clock.instant().minus(retention)))
                .update();
    }

    /** What is needed to give an answer again, and to see that the question is the same. */
    record KeptAnswer(
            byte[] fingerprint,
            int status,
            @Nullable String contentType,
            @Nullable String location,
            @Nullable String etag,
            byte[] body) {}
}
