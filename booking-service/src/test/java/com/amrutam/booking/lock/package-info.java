@NullMarked
package com.amrutam.booking.lock;

import org.jspecify.annotations.NullMarked;
