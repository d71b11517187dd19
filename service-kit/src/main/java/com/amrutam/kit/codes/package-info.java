/** One-time codes: made, kept as a digest, and encrypted on their way to the person. */
@NullMarked
package com.amrutam.kit.codes;

import org.jspecify.annotations.NullMarked;
