package com.amrutam.identity.user;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people may say about themselves.
 *
 * @param name as they write it
 * @param email where messages go: they have proved to read it
 * @param unverifiedEmail as they typed it, to take the place of {@code email}; only a code is ever sent there
 * @param language of the messages to them
 * @param timeZone times are shown to them in
 * @param mutedChannels channels they want only codes on
 */
public record Profile(
        @Nullable String name,
        @Nullable String email,
        @Nullable String unverifiedEmail,
        Language language,
        ZoneId timeZone,
        Set<Channel> mutedChannels) {
    /** What holds until a person says otherwise. */
    static final Profile INITIAL = new Profile(null, null, null, Language.EN, ZoneId.of("Asia/Kolkata"), Set.of());

    Profile withName(@Nullable String changed) {
        return new Profile(changed, email, unverifiedEmail, language, timeZone, mutedChannels);
    }

    /** Another address waits to be verified; the one that is verified stays in use until then, unless both are removed. */
    Profile withUnverifiedEmail(@Nullable String changed) {
        if (changed == null) {
            return new Profile(name, null, null, language, timeZone, mutedChannels);
        }
        return new Profile(name, email, changed.equals(email) ? null : changed, language, timeZone, mutedChannels);
    }

    /** The address that waited is the one in use. */
    public Profile withVerifiedEmail(String verified) {
        return new Profile(name, verified, null, language, timeZone, mutedChannels);
    }

    Profile withLanguage(Language changed) {
        return new Profile(name, email, unverifiedEmail, changed, timeZone, mutedChannels);
    }

    Profile withTimeZone(ZoneId changed) {
        return new Profile(name, email, unverifiedEmail, language, changed, mutedChannels);
    }

    Profile withMutedChannels(Set<Channel> changed) {
        return new Profile(name, email, unverifiedEmail, language, timeZone, changed);
    }
}
