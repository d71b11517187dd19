package com.amrutam.booking.slot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A slot as clients see it. */
public record SlotView(UUID id, UUID doctorId, Instant start, Instant end, List<Mode> modes) {
    public static SlotView of(Slot slot) {
        return new SlotView(
                slot.id(),
                slot.doctorId(),
                slot.start(),
                slot.end(),
                slot.modes().stream().sorted().toList());
    }

    public static List<SlotView> of(Collection<Slot> slots) {
        return slots.stream().map(SlotView::of).toList();
    }
}
