/**
 * Every way booking refuses: the catalogue of its problem codes.
 */
@NullMarked
package com.amrutam.booking.problem;

import org.jspecify.annotations.NullMarked;
