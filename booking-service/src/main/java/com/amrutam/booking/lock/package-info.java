/**
 * Short holds on slots, each confirmed by a one-time code, released, or expired.
 */
@NullMarked
package com.amrutam.booking.lock;

import org.jspecify.annotations.NullMarked;
