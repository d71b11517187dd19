/** Further instances of a service, for tests of what several do together. */
@NullMarked
package com.amrutam.kit.instance;

import org.jspecify.annotations.NullMarked;
