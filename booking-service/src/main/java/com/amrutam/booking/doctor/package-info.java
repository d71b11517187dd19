/**
 * The names of doctors, as appointments show them: a view of the public profiles.
 */
@NullMarked
package com.amrutam.booking.doctor;

import org.jspecify.annotations.NullMarked;
