package com.amrutam.notification.contact;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;

/**
 * How to reach one person.
 *
 * @param phone E.164
 * @param language the language they want to be written to in
 * @param zone where times are meant to be read
 */
public record Contact(UUID userId, String phone, Locale language, ZoneId zone) {}
