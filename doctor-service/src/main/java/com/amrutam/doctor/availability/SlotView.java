package com.amrutam.doctor.availability;

import com.amrutam.doctor.Mode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A slot as clients see it. */
public record SlotView(UUID id, UUID doctorId, Instant start, Instant end, Set<Mode> modes) {
    public static SlotView of(Slot slot) {
        return new SlotView(slot.id(), slot.doctorId(), slot.start(), slot.end(), slot.modes());
    }

    /** The next free slots of a doctor, by mode. */
    public static Map<Mode, SlotView> of(Map<Mode, Slot> slots) {
        var views = new EnumMap<Mode, SlotView>(Mode.class);
        slots.forEach((mode, slot) -> views.put(mode, of(slot)));
        return views;
    }
}
