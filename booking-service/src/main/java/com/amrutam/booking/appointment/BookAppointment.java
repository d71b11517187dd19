package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.BookAppointment.Outcome.Booked;
import com.amrutam.booking.appointment.BookAppointment.Outcome.LockEnded;
import com.amrutam.booking.appointment.BookAppointment.Outcome.NoSuchLock;
import com.amrutam.booking.appointment.BookAppointment.Outcome.OverlappingAppointment;
import com.amrutam.booking.appointment.BookAppointment.Outcome.WrongCode;
import com.amrutam.booking.lock.Patients;
import com.amrutam.booking.lock.SlotLock;
import com.amrutam.booking.lock.SlotLocks;
import com.amrutam.booking.lock.TryCode;
import com.amrutam.booking.slot.Slots;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a lock an appointment, by the code that was sent for it. */
@Component
class BookAppointment {
    private static final Logger log = LoggerFactory.getLogger(BookAppointment.class);

    private final Slots slots;
    private final SlotLocks locks;
    private final TryCode tryCode;
    private final Patients patients;
    private final Appointments appointments;
    private final AppointmentEvents events;

    BookAppointment(
            Slots slots,
            SlotLocks locks,
            TryCode tryCode,
            Patients patients,
            Appointments appointments,
            AppointmentEvents events) {
        this.slots = slots;
        this.locks = locks;
        this.tryCode = tryCode;
        this.patients = patients;
        this.appointments = appointments;
        this.events = events;
    }

    sealed interface Outcome {
        record Booked(UUID appointmentId) implements Outcome {}

        record NoSuchLock() implements Outcome {}

        record WrongCode(int attemptsRemaining) implements Outcome {}

        record LockEnded(SlotLock.Status status) implements Outcome {}

        /** The patient booked something else for that time while holding the lock. */
        record OverlappingAppointment() implements Outcome {}
    }

    @Transactional
    public Outcome book(UUID patientId, UUID lockId, String code, @Nullable String reason) {
        patients.take(patientId);
        return switch (tryCode.attempt(patientId, lockId, code)) {
            case TryCode.Outcome.NoSuchLock _ -> new NoSuchLock();
            case TryCode.Outcome.Ended ended -> new LockEnded(ended.status());
            case TryCode.Outcome.Wrong wrong -> new WrongCode(wrong.attemptsRemaining());
            case TryCode.Outcome.Right right -> book(right.lock(), right.now(), reason);
        };
    }

    private Outcome book(SlotLock lock, Instant now, @Nullable String reason) {
        if (patients.isBusy(lock.patientId(), lock.start(), lock.end())) {
            return new OverlappingAppointment();
        }
        var appointmentId = UuidCreator.getTimeOrderedEpoch();
        var slotVersion = slots.book(lock.slotId(), lock.id(), appointmentId);
        if (slotVersion.isEmpty()) {
            // It ran out in the moment between reading and booking.
            return new LockEnded(SlotLock.Status.EXPIRED);
        }
        tryCode.confirmed(lock);
        var appointment = new Appointment(
                appointmentId,
                1,
                Appointment.Status.BOOKED,
                lock.slotId(),
                lock.id(),
                lock.doctorId(),
                null,
                lock.patientId(),
                lock.mode(),
                lock.start(),
                lock.end(),
                reason,
                now,
                now,
                0,
                null);
        appointments.add(appointment);
        events.booked(appointment, slotVersion.get());
        log.atInfo()
                .addKeyValue("appointmentId", appointmentId)
                .addKeyValue("slotId", lock.slotId())
                .log("Appointment booked");
        return new Booked(appointmentId);
    }
}
