/**
 * What patients look at: verified doctors by their wishes and in their order, one doctor, and a doctor's free slots. All
 * reads may come from a replica.
 */
@NullMarked
package com.amrutam.doctor.search;

import org.jspecify.annotations.NullMarked;
