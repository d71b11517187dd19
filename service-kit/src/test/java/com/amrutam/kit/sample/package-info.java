/** A service as small as can be, on the real stack: what the kit promises is tried through it. */
@NullMarked
package com.amrutam.kit.sample;

import org.jspecify.annotations.NullMarked;
