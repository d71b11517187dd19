/** A service that breaks every architecture rule, so that each rule has been seen failing. */
@NullMarked
package com.amrutam.crooked;

import org.jspecify.annotations.NullMarked;
