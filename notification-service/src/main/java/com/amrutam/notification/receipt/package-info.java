/**
 * Receipts: what a provider says later of a message it took. Believed when it is signed, and once.
 */
@NullMarked
package com.amrutam.notification.receipt;

import org.jspecify.annotations.NullMarked;
