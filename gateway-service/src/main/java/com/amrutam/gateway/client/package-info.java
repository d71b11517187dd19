/**
 * Whom a request comes from. The peer of the connection is believed; what it says about others only when it is one of
 * the trusted proxies.
 */
@NullMarked
package com.amrutam.gateway.client;

import org.jspecify.annotations.NullMarked;
