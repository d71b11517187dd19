/** The other half. */
@NullMarked
package com.amrutam.crooked.two;

import org.jspecify.annotations.NullMarked;
