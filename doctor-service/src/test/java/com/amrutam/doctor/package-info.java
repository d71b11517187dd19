/** What the tests of all features share: requests over HTTP and a doctor to begin with. */
@NullMarked
package com.amrutam.doctor;

import org.jspecify.annotations.NullMarked;
