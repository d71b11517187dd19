package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.lock.Patients;
import com.amrutam.booking.lock.ReleaseLock;
import com.amrutam.booking.waitlist.LeaveWaitlist;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.idempotency.KeptAnswers;
import com.amrutam.kit.inbox.OnEvent;
import org.springframework.stereotype.Component;

/**
 * Lets go of a person who was erased: what they hold goes to others, what they wrote is removed. Their past appointments
 * stay under an id that now means nobody, since the doctor's record of them is not theirs to erase.
 */
@Component
class ErasureListener {
    private final Patients patients;
    private final ReleaseLock releaseLock;
    private final LeaveWaitlist leaveWaitlist;
    private final CancelAppointment cancelAppointment;
    private final Appointments appointments;
    private final Reviews reviews;
    private final KeptAnswers keptAnswers;

    ErasureListener(
            Patients patients,
            ReleaseLock releaseLock,
            LeaveWaitlist leaveWaitlist,
            CancelAppointment cancelAppointment,
            Appointments appointments,
            Reviews reviews,
            KeptAnswers keptAnswers) {
        this.patients = patients;
        this.releaseLock = releaseLock;
        this.leaveWaitlist = leaveWaitlist;
        this.cancelAppointment = cancelAppointment;
        this.appointments = appointments;
        this.reviews = reviews;
        this.keptAnswers = keptAnswers;
    }

    @OnEvent
    void on(UserErased event) {
        var patientId = event.getUserId();
        patients.take(patientId);
        leaveWaitlist.forget(patientId);
        releaseLock.releaseAllOf(patientId);
        for (var appointment : appointments.upcoming(patientId)) {
            cancelAppointment.cancel(appointment.id(), Party.ADMIN, "", null);
        }
        appointments.forgetWords(patientId);
        reviews.forgetWords(patientId);
        keptAnswers.forget(patientId);
    }
}
