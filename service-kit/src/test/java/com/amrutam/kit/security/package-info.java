/** Whom a request comes from. */
@NullMarked
package com.amrutam.kit.security;

import org.jspecify.annotations.NullMarked;
