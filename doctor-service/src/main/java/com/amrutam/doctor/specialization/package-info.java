/**
 * The list of specializations, maintained by migrations: a code, and its names for people. Doctors choose from it,
 * patients search by it.
 */
@NullMarked
package com.amrutam.doctor.specialization;

import org.jspecify.annotations.NullMarked;
