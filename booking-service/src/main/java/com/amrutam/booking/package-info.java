/** booking-service: the inventory of slots, who holds them and who has booked them. */
@NullMarked
package com.amrutam.booking;

import org.jspecify.annotations.NullMarked;
