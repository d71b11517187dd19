/** What the system's users rely on, tried against all of it. */
@NullMarked
package com.amrutam.system;

import org.jspecify.annotations.NullMarked;
