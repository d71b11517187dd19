package com.amrutam.doctor.availability;

import com.amrutam.doctor.Mode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An interval that one patient can book.
 *
 * @param id of the slot, sent to hold it
 * @param doctorId whose slot it is
 * @param start when it starts
 * @param end when it ends
 * @param modes how doctor and patient can meet
 */
@Schema(name = "Slot")
public record SlotView(UUID id, UUID doctorId, Instant start, Instant end, List<Mode> modes) {
    public static SlotView of(Slot slot) {
        return new SlotView(slot.id(), slot.doctorId(), slot.start(), slot.end(), List.copyOf(slot.modes()));
    }

    /** The next free slots of a doctor, by mode. */
    public static Map<Mode, SlotView> of(Map<Mode, Slot> slots) {
        var views = new EnumMap<Mode, SlotView>(Mode.class);
        slots.forEach((mode, slot) -> views.put(mode, of(slot)));
        return views;
    }
}
