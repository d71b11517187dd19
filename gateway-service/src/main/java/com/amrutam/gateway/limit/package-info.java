/**
 * How much one client may ask: three limits, counted in Redis for all instances together, and in each instance by itself
 * while Redis is away. {@link com.amrutam.gateway.limit.LimitFilter} decides, {@link com.amrutam.gateway.limit.RateLimits}
 * counts.
 */
@NullMarked
package com.amrutam.gateway.limit;

import org.jspecify.annotations.NullMarked;
