package com.amrutam.booking.lock;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.booking.OtpRequested;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.metrics.OnceCommitted;
import com.amrutam.kit.outbox.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells the world about locks. */
@Component
class LockEvents {
    private final Outbox outbox;
    private final CodeCipher cipher;
    private final Map<SlotLock.Ending, Counter> endings = new EnumMap<>(SlotLock.Ending.class);

    LockEvents(Outbox outbox, CodeCipher cipher, MeterRegistry metrics) {
        this.outbox = outbox;
        this.cipher = cipher;
        for (var ending : SlotLock.Ending.values()) {
            endings.put(
                    ending,
                    Counter.builder("amrutam.locks.ended")
                            .description("Locks that ended without an appointment")
                            .tag("ending", ending.name())
                            .register(metrics));
        }
    }

    void locked(SlotLock lock, int slotVersion, Instant at) {
        outbox.publish(SlotLocked.newBuilder()
                .setSlotId(lock.slotId())
                .setSlotVersion(slotVersion)
                .setDoctorId(lock.doctorId())
                .setSlotLockId(lock.id())
                .setPatientId(lock.patientId())
                .setMode(Mode.valueOf(lock.mode().name()))
                .setReason(LockReason.valueOf(lock.reason().name()))
                .setStart(lock.start())
                .setEnd(lock.end())
                .setExpiresAt(lock.expiresAt())
                .setLockedAt(at)
                .build());
    }

    void codeRequested(SlotLock lock, String code, Instant at) {
        outbox.publish(OtpRequested.newBuilder()
                .setSlotLockId(lock.id())
                .setPatientId(lock.patientId())
                .setDoctorId(lock.doctorId())
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(lock.id(), code)))
                .setReason(LockReason.valueOf(lock.reason().name()))
                .setStart(lock.start())
                .setExpiresAt(lock.expiresAt())
                .setRequestedAt(at)
                .build());
    }

    void expired(SlotLock lock, int slotVersion, Instant at) {
        released(lock, slotVersion, SlotLock.Ending.EXPIRED, at);
    }

    void released(SlotLock lock, int slotVersion, SlotLock.Ending ending, Instant at) {
        outbox.publish(SlotReleased.newBuilder()
                .setSlotId(lock.slotId())
                .setSlotVersion(slotVersion)
                .setDoctorId(lock.doctorId())
                .setSlotLockId(lock.id())
                .setPatientId(lock.patientId())
                .setReason(ReleaseReason.valueOf(ending.name()))
                .setReleasedAt(at)
                .build());
        OnceCommitted.increment(Objects.requireNonNull(endings.get(ending)));
    }
}
