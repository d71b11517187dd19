package com.amrutam.identity.email;

import java.time.Instant;
import java.util.UUID;

/**
 * A code on its way to an e-mail address.
 *
 * @param codeDigest all that is kept of the code
 * @param attempts guesses it allows
 */
record EmailChallenge(
        UUID id, UUID userId, String email, byte[] codeDigest, Instant requestedAt, Instant expiresAt, int attempts) {}
