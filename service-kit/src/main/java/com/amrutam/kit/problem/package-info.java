/** Errors as RFC 9457 problem documents: every refusal has a code, and one place turns it into an answer. */
@NullMarked
package com.amrutam.kit.problem;

import org.jspecify.annotations.NullMarked;
