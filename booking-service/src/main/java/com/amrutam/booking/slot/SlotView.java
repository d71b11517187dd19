package com.amrutam.booking.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
