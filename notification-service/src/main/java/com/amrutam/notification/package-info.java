/** notification-service: turns what happened into messages a person gets once. */
@NullMarked
package com.amrutam.notification;

import org.jspecify.annotations.NullMarked;
