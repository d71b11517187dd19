/**
 * The ways a message leaves the house. In the local stack they are kept and shown instead.
 */
@NullMarked
package com.amrutam.notification.channel;

import org.jspecify.annotations.NullMarked;
