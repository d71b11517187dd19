/** Idempotency-Key: the answer to a changing request is kept in the transaction that made the change. */
@NullMarked
package com.amrutam.kit.idempotency;

import org.jspecify.annotations.NullMarked;
