@NullMarked
package com.amrutam.booking;

import org.jspecify.annotations.NullMarked;
