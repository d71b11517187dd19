/** Half of a cycle. */
@NullMarked
package com.amrutam.crooked.one;

import org.jspecify.annotations.NullMarked;
