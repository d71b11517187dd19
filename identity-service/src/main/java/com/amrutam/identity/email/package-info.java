/**
 * Proof that a person reads the e-mail address they gave: a code goes there, and {@link ConfirmEmail} takes it back. Until
 * then the address gets nothing else and no other service hears of it.
 */
@NullMarked
package com.amrutam.identity.email;

import org.jspecify.annotations.NullMarked;
