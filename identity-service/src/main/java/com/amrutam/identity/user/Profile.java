package com.amrutam.identity.user;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people may say about themselves.
 *
 * @param name as they write it
 * @param unverifiedEmail as they typed it; nothing is ever sent there before it is verified
 * @param language of the messages to them
 * @param timeZone times are shown to them in
 * @param mutedChannels channels they want only codes on
 */
public record Profile(
        @Nullable String name,
        @Nullable String unverifiedEmail,
        Language language,
        ZoneId timeZone,
        Set<Channel> mutedChannels) {
    /** What holds until a person says otherwise. */
    static final Profile INITIAL = new Profile(null, null, Language.EN, ZoneId.of("Asia/Kolkata"), Set.of());

    Profile withName(@Nullable String changed) {
        return new Profile(changed, unverifiedEmail, language, timeZone, mutedChannels);
    }

    Profile withUnverifiedEmail(@Nullable String changed) {
        return new Profile(name, changed, language, timeZone, mutedChannels);
    }

    Profile withLanguage(Language changed) {
        return new Profile(name, unverifiedEmail, changed, timeZone, mutedChannels);
    }

    Profile withTimeZone(ZoneId changed) {
        return new Profile(name, unverifiedEmail, language, changed, mutedChannels);
    }

    Profile withMutedChannels(Set<Channel> changed) {
        return new Profile(name, unverifiedEmail, language, timeZone, changed);
    }
}
