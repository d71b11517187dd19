package com.amrutam.doctor;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Events as booking publishes them, about a slot as this service shows it. */
public final class BookingEvents {
    private BookingEvents() {}

    public static SlotLocked locked(JsonNode slot, int version) {
        return SlotLocked.newBuilder()
                .setSlotId(id(slot, "id"))
                .setSlotVersion(version)
                .setDoctorId(id(slot, "doctorId"))
                .setSlotLockId(UUID.randomUUID())
                .setPatientId(UUID.randomUUID())
                .setMode(Mode.ONLINE)
                .setReason(LockReason.PATIENT)
                .setStart(at(slot, "start"))
                .setEnd(at(slot, "end"))
                .setExpiresAt(Instant.now().plusSeconds(300))
                .setLockedAt(Instant.now())
                .build();
    }

    public static SlotReleased released(JsonNode slot, int version, ReleaseReason reason) {
        return SlotReleased.newBuilder()
                .setSlotId(id(slot, "id"))
                .setSlotVersion(version)
                .setDoctorId(id(slot, "doctorId"))
                .setSlotLockId(UUID.randomUUID())
                .setPatientId(UUID.randomUUID())
                .setReason(reason)
                .setReleasedAt(Instant.now())
                .build();
    }

    public static AppointmentBooked booked(JsonNode slot, int version) {
        return AppointmentBooked.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(1)
                .setSlotId(id(slot, "id"))
                .setSlotVersion(version)
                .setDoctorId(id(slot, "doctorId"))
                .setPatientId(UUID.randomUUID())
                .setMode(Mode.ONLINE)
                .setStart(at(slot, "start"))
                .setEnd(at(slot, "end"))
                .setBookedAt(Instant.now())
                .build();
    }

    public static AppointmentCancelled cancelled(JsonNode slot, int version, boolean slotFree) {
        return AppointmentCancelled.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(2)
                .setSlotId(id(slot, "id"))
                .setSlotVersion(version)
                .setSlotFree(slotFree)
                .setDoctorId(id(slot, "doctorId"))
                .setPatientId(UUID.randomUUID())
                .setMode(Mode.ONLINE)
                .setStart(at(slot, "start"))
                .setEnd(at(slot, "end"))
                .setCancelledBy(CancelledBy.PATIENT)
                .setAlternatives(List.of())
                .setCancelledAt(Instant.now())
                .build();
    }

    public static AppointmentRescheduled rescheduled(
            JsonNode previous, int previousVersion, boolean previousFree, JsonNode slot, int version) {
        return AppointmentRescheduled.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(2)
                .setSlotId(id(slot, "id"))
                .setSlotVersion(version)
                .setPreviousSlotId(id(previous, "id"))
                .setPreviousSlotVersion(previousVersion)
                .setPreviousSlotFree(previousFree)
                .setDoctorId(id(slot, "doctorId"))
                .setPatientId(UUID.randomUUID())
                .setMode(Mode.ONLINE)
                .setStart(at(slot, "start"))
                .setEnd(at(slot, "end"))
                .setPreviousStart(at(previous, "start"))
                .setRescheduledAt(Instant.now())
                .build();
    }

    public static UUID id(JsonNode node, String field) {
        return UUID.fromString(node.path(field).stringValue());
    }

    private static Instant at(JsonNode node, String field) {
        return Instant.parse(node.path(field).stringValue());
    }
}
