package com.amrutam.booking.waitlist;

import com.amrutam.booking.lock.SlotLock;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.WaitlistOffered;
import com.amrutam.kit.outbox.Outbox;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the world about offers. */
@Component
class WaitlistEvents {
    private final Outbox outbox;

    WaitlistEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void offered(UUID entryId, SlotLock lock, Instant at) {
        outbox.publish(WaitlistOffered.newBuilder()
                .setWaitlistEntryId(entryId)
                .setSlotId(lock.slotId())
                .setSlotLockId(lock.id())
                .setDoctorId(lock.doctorId())
                .setPatientId(lock.patientId())
                .setMode(Mode.valueOf(lock.mode().name()))
                .setStart(lock.start())
                .setExpiresAt(lock.expiresAt())
                .setOfferedAt(at)
                .build());
    }
}
