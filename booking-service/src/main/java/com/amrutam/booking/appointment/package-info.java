/**
 * Appointments: booked from a lock and its code, listed, and called off.
 */
@NullMarked
package com.amrutam.booking.appointment;

import org.jspecify.annotations.NullMarked;
