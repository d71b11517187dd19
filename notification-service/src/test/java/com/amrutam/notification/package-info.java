@NullMarked
package com.amrutam.notification;

import org.jspecify.annotations.NullMarked;
