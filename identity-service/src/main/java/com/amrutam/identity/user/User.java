package com.amrutam.identity.user;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A person with an account.
 *
 * @param roles what they may be, never empty
 * @param version of the contact card (phone and profile): rises by one with every change of it
 * @param changedAt when the card got this version
 */
public record User(
        UUID id, Phone phone, Set<Role> roles, Profile profile, int version, Instant createdAt, Instant changedAt) {
    /** Somebody seen for the first time. */
    static User register(UUID id, Phone phone, Set<Role> roles, Instant now) {
        return new User(id, phone, roles, Profile.INITIAL, 1, now, now);
    }

    /** The same person with another profile; without a difference, the same card. */
    User with(Profile changed, Instant now) {
        return changed.equals(profile) ? this : new User(id, phone, roles, changed, version + 1, createdAt, now);
    }
}
