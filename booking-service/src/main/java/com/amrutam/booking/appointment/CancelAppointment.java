package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Change;
import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.slot.FreedSlots;
import com.amrutam.booking.slot.Slot;
import com.amrutam.booking.slot.Slots;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Calls an appointment off and gives its slot back. */
@Component
class CancelAppointment {
    private static final Logger log = LoggerFactory.getLogger(CancelAppointment.class);
    private static final int ALTERNATIVES = 3;

    private final Slots slots;
    private final FreedSlots freedSlots;
    private final Appointments appointments;
    private final AppointmentEvents events;
    private final AppointmentPolicies policies;

    CancelAppointment(
            Slots slots,
            FreedSlots freedSlots,
            Appointments appointments,
            AppointmentEvents events,
            AppointmentPolicies policies) {
        this.slots = slots;
        this.freedSlots = freedSlots;
        this.appointments = appointments;
        this.events = events;
        this.policies = policies;
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
            return new Outcome.Stale(appointment.version());
        }
        var notice = policies.cancellationNotice(appointment.doctorId());
        return switch (appointment.cancel(by, why, read.now(), notice)) {
            case Change.Refused refused -> new Outcome.Refused(refused.why());
            case Change.Made made -> new Outcome.Changed(cancelled(made.appointment(), by));
        };
    }

    private Appointment cancelled(Appointment appointment, Party by) {
        appointments.cancelled(appointment);
        var slot = slots.free(appointment.slotId(), appointment.id()).orElseThrow();
        events.cancelled(appointment, slot, alternatives(appointment, by));
        if (slot.free()) {
            freedSlots.freed(slot.id());
        }
        log.atInfo()
                .addKeyValue("appointmentId", appointment.id())
                .addKeyValue("by", by)
                .log("Appointment cancelled");
        return appointment;
    }

    /** A patient whose doctor calls off is told where else there is room; not the slot that was just given up. */
    private List<Slot> alternatives(Appointment appointment, Party by) {
        return by == Party.PATIENT
                ? List.of()
                : slots
                        .nextFree(appointment.doctorId(), appointment.start(), appointment.mode(), ALTERNATIVES + 1)
                        .stream()
                        .filter(slot -> !slot.id().equals(appointment.slotId()))
                        .limit(ALTERNATIVES)
                        .toList();
    }
}
