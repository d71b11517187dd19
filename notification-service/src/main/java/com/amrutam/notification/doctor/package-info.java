/**
 * The names of doctors, as messages call them: a view of the public profiles.
 */
@NullMarked
package com.amrutam.notification.doctor;

import org.jspecify.annotations.NullMarked;
