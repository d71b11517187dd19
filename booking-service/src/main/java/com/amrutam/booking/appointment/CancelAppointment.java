package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.CancelOutcome;
import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Calls an appointment off and frees its slot. */
@Component
class CancelAppointment {
    private static final Logger log = LoggerFactory.getLogger(CancelAppointment.class);

    private final Slots slots;
    private final Appointments appointments;
    private final AppointmentEvents events;
    private final AppointmentPolicies policies;

    CancelAppointment(Slots slots, Appointments appointments, AppointmentEvents events, AppointmentPolicies policies) {
        this.slots = slots;
        this.appointments = appointments;
        this.events = events;
        this.policies = policies;
    }

    sealed interface Outcome {
        record Cancelled(Appointment appointment) implements Outcome {}

        record Refused(CancelOutcome why) implements Outcome {}

        /** Somebody changed it since the caller read it. */
        record Changed(int version) implements Outcome {}
    }

    /**
     * @param expectedVersion the version the caller has seen; absent when any will do
     */
    @Transactional
    public Outcome cancel(UUID appointmentId, Party by, String why, @Nullable Integer expectedVersion) {
        slots.takeRowOfAppointment(appointmentId);
        var read = appointments.find(appointmentId).orElseThrow();
        var appointment = read.appointment();
        if (expectedVersion != null && expectedVersion != appointment.version()) {
            return new Outcome.Changed(appointment.version());
        }
        var outcome = appointment.cancel(by, why, read.now(), policies.cancellationNotice());
        if (!(outcome instanceof CancelOutcome.Cancelled(Appointment cancelled))) {
            return new Outcome.Refused(outcome);
        }
        appointments.cancelled(cancelled);
        int slotVersion = slots.free(cancelled.slotId(), cancelled.id()).orElseThrow();
        events.cancelled(cancelled, slotVersion);
        log.atInfo()
                .addKeyValue("appointmentId", appointmentId)
                .addKeyValue("by", by)
                .log("Appointment cancelled");
        return new Outcome.Cancelled(cancelled);
    }
}
