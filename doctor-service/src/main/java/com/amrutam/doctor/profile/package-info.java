/**
 * Who a doctor is: doctors write their profile, an administrator who has checked the registration verifies it, patients
 * rate it. Only verified doctors are seen by others.
 */
@NullMarked
package com.amrutam.doctor.profile;

import org.jspecify.annotations.NullMarked;
