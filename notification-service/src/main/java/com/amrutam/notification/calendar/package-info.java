/** Appointments as calendar programs read them. */
@NullMarked
package com.amrutam.notification.calendar;

import org.jspecify.annotations.NullMarked;
