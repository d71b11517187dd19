package com.amrutam.identity.token;

import com.amrutam.kit.data.Timestamps;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Families of refresh tokens: one per login, with one token at a time that can be used. */
@Repository
class Sessions {
    private final JdbcClient jdbc;
    private final Duration lifetime;
    private final Clock clock;

    Sessions(JdbcClient jdbc, TokenProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.lifetime = properties.refreshLifetime();
        this.clock = clock;
    }

    /** Starts a family and returns its first token. */
    RefreshToken start(UUID userId) {
        var family = UuidCreator.getTimeOrderedEpoch();
        var now = clock.instant();
        jdbc.sql("""
                        insert into refresh_family (id, user_id, started_at, expires_at)
                        values (:id, :userId, :now, :expiresAt)""")
                .param("id", family)
                .param("userId", userId)
                .param("now", Timestamps.toSql(now))
                .param("expiresAt", Timestamps.toSql(now.plus(lifetime)))
                .update();
        return issue(family, now);
    }

    /**
     * Swaps a token for the next of its family. Two statements decide: of two callers with the same token the first
     * spends it and the second waits for that and gets nothing; a family revoked in between gives no token out.
     *
     * @return nothing when the token cannot be used; {@link #standing} says why
     */
    Optional<Rotation> rotate(RefreshToken token) {
        var now = clock.instant();
        return spend(token, now)
                .filter(spent -> extend(spent.familyId(), now))
                .map(spent -> new Rotation(spent.userId(), issue(spent.familyId(), now)));
    }

    /** Why a token could not be used. */
    Standing standing(RefreshToken token) {
        return jdbc.sql("""
                        select f.id, f.user_id, f.revoked, t.spent_at
                        from refresh_token t join refresh_family f on f.id = t.family_id
                        where t.digest = :digest""")
                .param("digest", token.digest())
                .query((row, n) -> {
                    var revoked = row.getString("revoked");
                    if (revoked != null) {
                        return revoked.equals("REUSE") ? new Standing.DiedOfReuse() : new Standing.Useless();
                    }
                    return row.getObject("spent_at") == null
                            ? new Standing.Useless()
                            : new Standing.Spent(row.getObject("id", UUID.class), row.getObject("user_id", UUID.class));
                })
                .optional()
                .orElseGet(Standing.Useless::new);
    }

    /** Ends a family because a spent token came back; false when it was ended already. */
    boolean revokeForReuse(UUID family) {
        return jdbc.sql("update refresh_family set revoked = 'REUSE' where id = :id and revoked is null")
                        .param("id", family)
                        .update()
                == 1;
    }

    /** Ends the family a token is of, if it is this user's. */
    boolean revokeForLogout(RefreshToken token, UUID userId) {
        return jdbc.sql("""
                        update refresh_family f set revoked = 'LOGOUT' from refresh_token t
                        where t.digest = :digest and f.id = t.family_id and f.user_id = :userId and f.revoked is null""")
                        .param("digest", token.digest())
                        .param("userId", userId)
                        .update()
                == 1;
    }

    int dropExpired() {
        return jdbc.sql("delete from refresh_family where expires_at < :now")
                .param("now", Timestamps.toSql(clock.instant()))
                .update();
    }

    private Optional<SpentToken> spend(RefreshToken token, Instant now) {
        return jdbc.sql("""
                        update refresh_token t set spent_at = :now from refresh_family f
                        where t.digest = :digest and t.spent_at is null and t.expires_at > :now
                            and f.id = t.family_id and f.revoked is null
                        returning t.family_id, f.user_id""")
                .param("digest", token.digest())
                .param("now", Timestamps.toSql(now))
                .query((row, n) ->
                        new SpentToken(row.getObject("family_id", UUID.class), row.getObject("user_id", UUID.class)))
                .optional();
    }

    private boolean extend(UUID family, Instant now) {
        return jdbc.sql("update refresh_family set expires_at = :expiresAt where id = :id and revoked is null")
                        .param("id", family)
                        .param("expiresAt", Timestamps.toSql(now.plus(lifetime)))
                        .update()
                == 1;
    }

    private RefreshToken issue(UUID family, Instant now) {
        var token = RefreshToken.random();
        jdbc.sql("""
                        insert into refresh_token (digest, family_id, issued_at, expires_at)
                        values (:digest, :family, :now, :expiresAt)""")
                .param("digest", token.digest())
                .param("family", family)
                .param("now", Timestamps.toSql(now))
                .param("expiresAt", Timestamps.toSql(now.plus(lifetime)))
                .update();
        return token;
    }

    private record SpentToken(UUID familyId, UUID userId) {}

    record Rotation(UUID userId, RefreshToken next) {}

    sealed interface Standing {
        /** Unknown, expired or logged out. */
        record Useless() implements Standing {}

        /** Of a family that was ended because one of its tokens came twice. */
        record DiedOfReuse() implements Standing {}

        /** Used before, in a family that lives. */
        record Spent(UUID familyId, UUID userId) implements Standing {}
    }
}
