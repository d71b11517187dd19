package com.amrutam.doctor.availability;

import java.util.UUID;

/**
 * What booking says of a slot.
 *
 * @param version of the slot: what it has become, the highest says
 */
record SlotNews(UUID doctorId, UUID slotId, int version, Kind kind) {
    enum Kind {
        LOCKED,
        BOOKED,
        FREE,
        /** Given back, and not to be had again. */
        GONE
    }
}
