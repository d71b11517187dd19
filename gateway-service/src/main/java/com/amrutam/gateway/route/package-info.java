/**
 * Which service answers which path, and which of them without a token; both are configuration, read in one place.
 * A path that no route covers is nothing (404), whatever the services have there.
 */
@NullMarked
package com.amrutam.gateway.route;

import org.jspecify.annotations.NullMarked;
