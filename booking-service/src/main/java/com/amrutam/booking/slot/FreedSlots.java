package com.amrutam.booking.slot;

import java.util.UUID;

/** Hears of each slot that is free again, in the transaction that frees it: the first in line for it comes first. */
public interface FreedSlots {
    void freed(UUID slotId);
}
