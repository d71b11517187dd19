/**
 * How many requests an instance has under way at once. More would wait longer than clients do, and take the memory of those
 * that are served.
 */
@NullMarked
package com.amrutam.kit.admission;

import org.jspecify.annotations.NullMarked;
