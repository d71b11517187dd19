/**
 * Who waits for a slot of a doctor. A slot that becomes free goes to the first in line whom it suits, as a lock with a
 * code like any other; what is not confirmed in time goes to the next.
 */
@NullMarked
package com.amrutam.booking.waitlist;

import org.jspecify.annotations.NullMarked;
