package com.amrutam.booking.lock;

import com.amrutam.kit.data.Timestamps;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When patients have appointments: nobody is in two places at once. */
@Repository
public class BusyPatients {
    private final JdbcClient jdbc;

    BusyPatients(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * True when the patient has an appointment in this interval. Asked in words of the exclusion constraint that would
     * refuse the booking, and answered by its index.
     */
    public boolean isBusy(UUID patientId, Instant start, Instant end) {
        return jdbc.sql("""
                        select exists (select from appointment where patient_id = ? and status = 'BOOKED'
                                       and tstzrange(starts_at, ends_at) && tstzrange(?, ?))""")
                .params(patientId, Timestamps.toSql(start), Timestamps.toSql(end))
                .query(Boolean.class)
                .single();
    }
}
