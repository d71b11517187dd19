@NullMarked
package com.amrutam.booking.appointment;

import org.jspecify.annotations.NullMarked;
