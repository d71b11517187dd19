package com.amrutam.booking.appointment;

import com.amrutam.kit.data.Timestamps;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What patients said of their visits. */
@Repository
class Reviews {
    private final JdbcClient jdbc;

    Reviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the appointment has its review. */
    boolean add(Review review, Appointment appointment) {
        return jdbc.sql("""
                        insert into review (id, appointment_id, doctor_id, patient_id, rating, comment, reviewed_at)
                        values (:id, :appointmentId, :doctorId, :patientId, :rating, :comment, :reviewedAt)
                        on conflict (appointment_id) do nothing""")
                        .param("id", review.id())
                        .param("appointmentId", appointment.id())
                        .param("doctorId", appointment.doctorId())
                        .param("patientId", appointment.patientId())
                        .param("rating", review.rating())
                        .param("comment", review.comment())
                        .param("reviewedAt", Timestamps.toSql(review.reviewedAt()))
                        .update()
                == 1;
    }

    /** Removes what a patient wrote; the ratings stay. */
    void forgetWords(UUID patientId) {
        jdbc.sql("update review set comment = null where patient_id = ? and comment is not null")
                .param(patientId)
                .update();
    }

    /**
     * A patient's word on a visit.
     *
     * @param rating from 1 (worst) to 5 (best)
     */
    record Review(UUID id, int rating, @Nullable String comment, Instant reviewedAt) {}
}
