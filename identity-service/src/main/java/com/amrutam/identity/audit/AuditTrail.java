package com.amrutam.identity.audit;

import com.amrutam.kit.data.Timestamps;
import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The append-only record of what was done. */
@Repository
public class AuditTrail {
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    AuditTrail(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Puts a deed on record in the transaction that does it, so that neither is there without the other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(AuditedAction action, @Nullable UUID actorId, UUID subjectId, Map<String, Object> details) {
        jdbc.sql("""
                        insert into audit_entry (id, at, actor_id, action, subject_id, details)
                        values (:id, :at, :actorId, :action, :subjectId, :details::jsonb)""")
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("at", Timestamps.toSql(clock.instant()))
                .param("actorId", actorId)
                .param("action", action.name())
                .param("subjectId", subjectId)
                .param("details", json.writeValueAsString(details))
                .update();
    }

    /** The newest entries. */
    List<AuditEntry> newest(int atMost) {
        return jdbc.sql("select * from audit_entry order by at desc, id desc limit :atMost")
                .param("atMost", atMost)
                .query(this::entry)
                .list();
    }

    /** The entries that follow one in the order of the list, that is, the older ones. */
    List<AuditEntry> olderThan(Instant at, UUID id, int atMost) {
        return jdbc.sql("""
                        select * from audit_entry where (at, id) < (:at, :id)
                        order by at desc, id desc limit :atMost""")
                .param("at", Timestamps.toSql(at))
                .param("id", id)
                .param("atMost", atMost)
                .query(this::entry)
                .list();
    }

    private AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                Timestamps.instant(row, "at"),
                row.getObject("actor_id", UUID.class),
                AuditedAction.valueOf(row.getString("action")),
                row.getObject("subject_id", UUID.class),
                json.readValue(row.getString("details"), DETAILS));
    }
}
