package com.amrutam.identity.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One deed that stays on record.
 *
 * @param actorId who did it; null when the system did
 * @param action what was done, such as {@code ROLES_CHANGED}
 * @param subjectId the user it was done to
 * @param details what it takes to understand it later; never personal data, never a secret
 */
record AuditEntry(
        UUID id,
        Instant at,
        @Nullable UUID actorId,
        AuditedAction action,
        @Nullable UUID subjectId,
        Map<String, Object> details) {}
