/**
 * Which slots are free: slots come from schedules, booking's events take and return them in whatever order they arrive,
 * and the highest version of a slot wins.
 */
@NullMarked
package com.amrutam.doctor.availability;

import org.jspecify.annotations.NullMarked;
