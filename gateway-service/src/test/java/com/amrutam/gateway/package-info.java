/** The gateway from outside: real services behind it (over HTTP), real Redis beside it. */
@NullMarked
package com.amrutam.gateway;

import org.jspecify.annotations.NullMarked;
