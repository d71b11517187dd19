@NullMarked
package com.amrutam.notification.channel;

import org.jspecify.annotations.NullMarked;
