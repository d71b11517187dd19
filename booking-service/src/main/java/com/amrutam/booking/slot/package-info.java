/**
 * The inventory. Every change of a slot is one conditional statement in {@link com.amrutam.booking.slot.Slots}: the\n * database decides who wins, on its own clock.
 */
@NullMarked
package com.amrutam.booking.slot;

import org.jspecify.annotations.NullMarked;
