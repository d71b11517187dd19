@NullMarked
package com.amrutam.notification.message;

import org.jspecify.annotations.NullMarked;
