/** Who is calling: access tokens verified by every service itself, and the rules each service puts on its routes. */
@NullMarked
package com.amrutam.kit.security;

import org.jspecify.annotations.NullMarked;
