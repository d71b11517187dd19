/** Whom a request comes from. */
@NullMarked
package com.amrutam.gateway.client;

import org.jspecify.annotations.NullMarked;
