/** How appointments stand, so that nobody is told what is no longer so. */
@NullMarked
package com.amrutam.notification.appointment;

import org.jspecify.annotations.NullMarked;
