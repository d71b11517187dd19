package com.amrutam.notification.appointment;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The appointments as far as heard. Their events come on several topics, so in any order: the highest version counts. */
@Repository
public class Appointments {
    private final JdbcClient jdbc;

    Appointments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps how an appointment stands.
     *
     * @return false when a later version is known: what this one says is history
     */
    public boolean keep(UUID id, int version, boolean stands) {
        return jdbc.sql("""
                        insert into appointment (appointment_id, version, stands) values (:id, :version, :stands)
                        on conflict (appointment_id) do update set version = excluded.version, stands = excluded.stands
                        where appointment.version < excluded.version
                           or (appointment.version = excluded.version and appointment.stands = excluded.stands)""")
                        .param("id", id)
                        .param("version", version)
                        .param("stands", stands)
                        .update()
                == 1;
    }

    /** True when a later version is known, or this one does not stand. */
    public boolean isOver(UUID id, int version) {
        return jdbc.sql("""
                        select exists (select from appointment
                                       where appointment_id = ? and (version > ? or (version = ? and not stands)))""").params(id, version, version).query(Boolean.class).single();
    }
}
