/**
 * What a person may ask about their data: everything held on them, and to be forgotten. Other services let go of the person
 * when they hear {@code user-erased}; appointments ahead, of which booking tells, stand in the way.
 */
@NullMarked
package com.amrutam.identity.erasure;

import org.jspecify.annotations.NullMarked;
