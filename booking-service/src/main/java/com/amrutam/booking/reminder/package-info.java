/** Reminders: found by set-based queries over appointments, so that a cancelled or moved one needs no clean-up. */
@NullMarked
package com.amrutam.booking.reminder;

import org.jspecify.annotations.NullMarked;
