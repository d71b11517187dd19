package com.amrutam.notification;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.booking.OtpRequested;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.kit.codes.CodeCipher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What the other services say of a patient's appointment with a doctor. */
record Events(UUID patient, UUID doctor, UUID appointment) {
    static final Instant START = Instant.parse("2049-01-15T04:30:00Z");
    private static final Instant CHANGED = Instant.parse("2048-12-20T09:00:00Z");

    static Events of(UUID patient) {
        return new Events(patient, UUID.randomUUID(), UUID.randomUUID());
    }

    AppointmentBooked booked() {
        return AppointmentBooked.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(1)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setEnd(START.plus(Duration.ofMinutes(30)))
                .setBookedAt(CHANGED)
                .build();
    }

    AppointmentRescheduled rescheduled(int version) {
        return AppointmentRescheduled.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(2)
                .setPreviousSlotId(UUID.randomUUID())
                .setPreviousSlotVersion(4)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START.plus(Duration.ofDays(1)))
                .setEnd(START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(30)))
                .setPreviousStart(START)
                .setRescheduledAt(CHANGED.plusSeconds(60))
                .build();
    }

    ReminderDue reminder(int version) {
        return ReminderDue.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.IN_PERSON)
                .setStart(START)
                .setOffsetMinutes(1440)
                .setDueAt(START.minus(Duration.ofDays(1)))
                .build();
    }

    AppointmentCancelled cancelled(int version) {
        return AppointmentCancelled.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(4)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setEnd(START.plus(Duration.ofMinutes(30)))
                .setCancelledBy(CancelledBy.PATIENT)
                .setCancelledAt(CHANGED.plusSeconds(120))
                .build();
    }

    OtpRequested code(CodeCipher cipher, LockReason reason) {
        var lock = UUID.randomUUID();
        return OtpRequested.newBuilder()
                .setSlotLockId(lock)
                .setPatientId(patient)
                .setDoctorId(doctor)
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(lock, "314159")))
                .setReason(reason)
                .setStart(START)
                .setExpiresAt(START.minus(Duration.ofHours(2)))
                .setRequestedAt(Instant.now())
                .build();
    }
}
