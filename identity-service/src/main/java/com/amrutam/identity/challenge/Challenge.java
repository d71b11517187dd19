package com.amrutam.identity.challenge;

import com.amrutam.identity.user.Phone;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code on its way to a phone.
 *
 * @param clientAddress who asked for it, where that is known
 * @param codeDigest all that is kept of the code
 * @param attempts guesses it allows
 */
record Challenge(
        UUID id,
        Phone phone,
        @Nullable String clientAddress,
        byte[] codeDigest,
        Instant requestedAt,
        Instant expiresAt,
        int attempts) {}
