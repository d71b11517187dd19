/**
 * Breaks one part of a running system after another while people use it, and has what they were promised checked after
 * each round.
 */
@NullMarked
package com.amrutam.system.chaos;

import org.jspecify.annotations.NullMarked;
