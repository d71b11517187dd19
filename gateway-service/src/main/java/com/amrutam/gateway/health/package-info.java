/**
 * What a load balancer asks: may this instance be given requests?
 */
@NullMarked
package com.amrutam.gateway.health;

import org.jspecify.annotations.NullMarked;
