package com.amrutam.identity.challenge;

import com.amrutam.identity.user.Phone;
import java.time.Instant;
import java.util.UUID;

/**
 * A code on its way to a phone.
 *
 * @param codeDigest all that is kept of the code
 * @param attempts guesses it allows
 */
record Challenge(UUID id, Phone phone, byte[] codeDigest, Instant requestedAt, Instant expiresAt, int attempts) {}
