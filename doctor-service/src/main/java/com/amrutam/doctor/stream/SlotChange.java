package com.amrutam.doctor.stream;

import com.amrutam.doctor.availability.SlotView;

/**
 * A slot was taken or freed.
 *
 * @param sequence rises from one change of a doctor's slots to the next
 */
record SlotChange(long sequence, boolean free, SlotView slot) {}
