package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Appointment.Change;
import com.amrutam.booking.appointment.Appointment.Party;
import com.amrutam.booking.lock.ExpireLocks;
import com.amrutam.booking.lock.Patients;
import com.amrutam.booking.slot.FreedSlots;
import com.amrutam.booking.slot.Slots;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves an appointment to another slot: one transaction for both, so that the patient never has none, or two. */
@Component
class RescheduleAppointment {
    private static final Logger log = LoggerFactory.getLogger(RescheduleAppointment.class);
    private static final int ALTERNATIVES = 3;

    private final Slots slots;
    private final Patients patients;
    private final ExpireLocks expireLocks;
    private final FreedSlots freedSlots;
    private final Appointments appointments;
    private final AppointmentEvents events;
    private final AppointmentPolicies policies;

    RescheduleAppointment(
            Slots slots,
            Patients patients,
            ExpireLocks expireLocks,
            FreedSlots freedSlots,
            Appointments appointments,
            AppointmentEvents events,
            AppointmentPolicies policies) {
        this.slots = slots;
        this.patients = patients;
        this.expireLocks = expireLocks;
        this.freedSlots = freedSlots;
        this.appointments = appointments;
        this.events = events;
        this.policies = policies;
    }

    /**
     * @param patientId whose appointment it is
     * @param expectedVersion the version the caller has seen; absent when any will do
     */
    @Transactional
    public Outcome reschedule(
            UUID appointmentId, UUID patientId, UUID slotId, Party by, @Nullable Integer expectedVersion) {
        // With the patient taken, nobody else can move the appointment: its slot is known before both rows are taken.
        patients.take(patientId);
        var previousSlotId =
                appointments.find(appointmentId).orElseThrow().appointment().slotId();
        slots.takeRows(previousSlotId, slotId);
        var read = appointments.find(appointmentId).orElseThrow();
        var appointment = read.appointment();
        if (expectedVersion != null && expectedVersion != appointment.version()) {
            return new Outcome.Stale(appointment.version());
        }
        var slot = slots.find(slotId);
        if (slot.isEmpty()) {
            return new Outcome.NoSuchSlot();
        }
        var notice = policies.rescheduleNotice(appointment.doctorId());
        return switch (appointment.moveTo(slot.get(), by, read.now(), notice, policies.reschedules())) {
            case Change.Refused refused -> new Outcome.Refused(refused.why());
            case Change.Made made -> move(appointment, made.appointment());
        };
    }

    private Outcome move(Appointment before, Appointment after) {
        if (patients.isBusy(after.patientId(), after.start(), after.end(), after.id())) {
            return new Outcome.OverlappingAppointment();
        }
        expireLocks.expire(after.slotId());
        var slotVersion = slots.moveIn(after.slotId(), after.id());
        if (slotVersion.isEmpty()) {
            return new Outcome.SlotTaken(slots.nextFree(after.doctorId(), after.start(), after.mode(), ALTERNATIVES));
        }
        appointments.moved(after);
        var left = slots.free(before.slotId(), before.id()).orElseThrow();
        events.rescheduled(before, after, slotVersion.get(), left);
        if (left.free()) {
            freedSlots.freed(left.id());
        }
        log.atInfo()
                .addKeyValue("appointmentId", after.id())
                .addKeyValue("from", before.start())
                .addKeyValue("to", after.start())
                .log("Appointment moved");
        return new Outcome.Changed(after);
    }
}
