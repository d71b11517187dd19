/** A service that cannot start says in its last line which setting is why. Secrets are never shown, not even refused ones. */
@NullMarked
package com.amrutam.kit.start;

import org.jspecify.annotations.NullMarked;
