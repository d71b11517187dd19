package com.amrutam.booking.appointment;

import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** The use case behind {@code POST /appointments}, for a benchmark of the transaction alone. */
public final class ConfirmCall {
    private final BookAppointment bookAppointment;

    public ConfirmCall(ApplicationContext context) {
        this.bookAppointment = context.getBean(BookAppointment.class);
    }

    /**
     * Answers the appointment's id.
     *
     * @throws ClassCastException when it was refused
     */
    public UUID confirm(UUID patientId, UUID lockId, String code) {
        return ((BookAppointment.Outcome.Booked) bookAppointment.book(patientId, lockId, code, null)).appointmentId();
    }
}
