/** What people get to read, at a glance, for who writes the texts: in the local stack only. */
@NullMarked
package com.amrutam.notification.preview;

import org.jspecify.annotations.NullMarked;
