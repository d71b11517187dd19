/**
 * The audit trail: who did what to whom. {@link AuditTrail} writes an entry in the transaction of the deed and reads
 * them newest first for administrators; the database refuses to change or remove one.
 */
@NullMarked
package com.amrutam.identity.audit;

import org.jspecify.annotations.NullMarked;
