package com.amrutam.doctor.availability;

import com.amrutam.doctor.Mode;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.kit.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the world which slots came and went. */
@Component
public class SlotEvents {
    /** The most slots an event may hold, as its schema says. */
    private static final int CHUNK = 500;

    private final Outbox outbox;

    SlotEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** New slots of one doctor, by start. */
    public void published(UUID doctorId, List<Slot> slots, Duration minimumNotice, Instant at) {
        for (int first = 0; first < slots.size(); first += CHUNK) {
            outbox.publish(SlotsPublished.newBuilder()
                    .setDoctorId(doctorId)
                    .setSlots(slots.subList(first, Math.min(first + CHUNK, slots.size())).stream()
                            .map(SlotEvents::offered)
                            .toList())
                    .setMinimumNoticeMinutes(Math.toIntExact(minimumNotice.toMinutes()))
                    .setPublishedAt(at)
                    .build());
        }
    }

    /** Slots of one doctor that are no longer on offer. */
    public void withdrawn(UUID doctorId, List<Slot> slots, Instant at) {
        for (int first = 0; first < slots.size(); first += CHUNK) {
            outbox.publish(SlotsWithdrawn.newBuilder()
                    .setDoctorId(doctorId)
                    .setSlotIds(slots.subList(first, Math.min(first + CHUNK, slots.size())).stream()
                            .map(Slot::id)
                            .toList())
                    .setWithdrawnAt(at)
                    .build());
        }
    }

    private static OfferedSlot offered(Slot slot) {
        return OfferedSlot.newBuilder()
                .setSlotId(slot.id())
                .setStart(slot.start())
                .setEnd(slot.end())
                .setModes(slot.modes().stream().map(SlotEvents::mode).toList())
                .build();
    }

    private static com.amrutam.events.Mode mode(Mode mode) {
        return switch (mode) {
            case ONLINE -> com.amrutam.events.Mode.ONLINE;
            case IN_PERSON -> com.amrutam.events.Mode.IN_PERSON;
        };
    }
}
