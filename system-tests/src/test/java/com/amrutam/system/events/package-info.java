@NullMarked
package com.amrutam.system.events;

import org.jspecify.annotations.NullMarked;
