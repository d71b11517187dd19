/** Tests of the feature on the real stack, and of its rules without it. */
@NullMarked
package com.amrutam.doctor.profile;

import org.jspecify.annotations.NullMarked;
