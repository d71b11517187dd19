/**
 * When doctors work: weekly hours and exceptions on the wall clock of their time zone become slots for some days ahead.
 * What changed is found by comparing what the schedule offers with the slots that are there.
 */
@NullMarked
package com.amrutam.doctor.schedule;

import org.jspecify.annotations.NullMarked;
