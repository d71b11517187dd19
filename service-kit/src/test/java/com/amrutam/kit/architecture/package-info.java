/** The architecture rules of every service, run by each service's own {@code ArchitectureTest}. */
@NullMarked
package com.amrutam.kit.architecture;

import org.jspecify.annotations.NullMarked;
