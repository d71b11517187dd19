/** The compose files, without Docker. */
@NullMarked
package com.amrutam.system.compose;

import org.jspecify.annotations.NullMarked;
