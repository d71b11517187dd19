/** Connection pools for writes, reads and administration, and the kit's own migrations. */
@NullMarked
package com.amrutam.kit.data;

import org.jspecify.annotations.NullMarked;
