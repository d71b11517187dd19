/** Redis for what may be lost: caches and counts. While it is away its users go on without it. */
@NullMarked
package com.amrutam.kit.redis;

import org.jspecify.annotations.NullMarked;
