package com.amrutam.notification.contact;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one person.
 *
 * @param phone E.164
 * @param email absent until identity has verified one
 * @param language the language they want to be written to in
 * @param zone where times are meant to be read
 * @param mutedChannels what they switched off for all but codes: {@code SMS}, {@code WHATSAPP}, {@code EMAIL}
 */
public record Contact(
        UUID userId, String phone, @Nullable String email, Locale language, ZoneId zone, Set<String> mutedChannels) {
    /** Where most people of this product live: for who has told us no zone. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kolkata");
}
