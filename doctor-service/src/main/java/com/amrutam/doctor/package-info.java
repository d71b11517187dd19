/**
 * doctor-service: doctors say who they are ({@code profile}) in terms of {@code specialization}s and when they work
 * ({@code schedule}); {@code availability} follows which of their slots are still free, and {@code search} finds them.
 */
@NullMarked
package com.amrutam.doctor;

import org.jspecify.annotations.NullMarked;
