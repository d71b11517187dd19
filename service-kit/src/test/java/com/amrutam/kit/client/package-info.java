/** Whom a request comes from. */
@NullMarked
package com.amrutam.kit.client;

import org.jspecify.annotations.NullMarked;
