/** Tests of the feature on the real stack, and of its rules without it. */
@NullMarked
package com.amrutam.doctor.schedule;

import org.jspecify.annotations.NullMarked;
