package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Change;
import com.amrutam.booking.appointment.Appointment.Status;
import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records how an appointment ended. */
@Component
class CompleteAppointment {
    private final Slots slots;
    private final Appointments appointments;
    private final AppointmentEvents events;

    CompleteAppointment(Slots slots, Appointments appointments, AppointmentEvents events) {
        this.slots = slots;
        this.appointments = appointments;
        this.events = events;
    }

    /**
     * @param ended FULFILLED or NOSHOW
     * @param expectedVersion the version the caller has seen; absent when any will do
     */
    @Transactional
    public Outcome complete(UUID appointmentId, Status ended, @Nullable Integer expectedVersion) {
        slots.takeRowOfAppointment(appointmentId);
        var read = appointments.find(appointmentId).orElseThrow();
        var appointment = read.appointment();
        if (expectedVersion != null && expectedVersion != appointment.version()) {
            return new Outcome.Stale(appointment.version());
        }
        return switch (appointment.complete(ended, read.now())) {
            case Change.Refused refused -> new Outcome.Refused(refused.why());
            case Change.Made made -> {
                appointments.completed(made.appointment());
                events.completed(made.appointment(), read.now());
                yield new Outcome.Changed(made.appointment());
            }
        };
    }
}
