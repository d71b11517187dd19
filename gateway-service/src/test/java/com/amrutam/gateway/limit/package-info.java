/** How much one client may ask. */
@NullMarked
package com.amrutam.gateway.limit;

import org.jspecify.annotations.NullMarked;
