package com.amrutam.booking.doctor;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What doctors are called. Appointments join the name in when they are read. */
@Repository
class Doctors {
    private final JdbcClient jdbc;

    Doctors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a name; false when one as new or newer is already here. */
    boolean keep(UUID doctorId, String name, int version) {
        return jdbc.sql("""
                        insert into doctor (doctor_id, name, version) values (:id, :name, :version)
                        on conflict (doctor_id) do update set name = excluded.name, version = excluded.version
                        where doctor.version < excluded.version""")
                        .param("id", doctorId)
                        .param("name", name)
                        .param("version", version)
                        .update()
                == 1;
    }
}
