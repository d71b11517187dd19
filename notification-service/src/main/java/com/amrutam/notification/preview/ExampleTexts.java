package com.amrutam.notification.preview;

import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** A message of each kind, filled in. */
@Profile("local")
@Component
class ExampleTexts {
    private static final String DOCTOR = "Dr. Meera Joshi";
    private static final String CODE = "314159";
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final Instant START = Instant.parse("2026-11-26T04:30:00Z");
    private static final Instant EXPIRY = START.minus(Duration.ofDays(2));

    private final Templates templates;

    ExampleTexts(Templates templates) {
        this.templates = templates;
    }

    Templates.Text of(Kind kind, Locale language) {
        var day = templates.day(START, language, ZONE);
        var later = templates.day(START.plus(Duration.ofHours(1)), language, ZONE);
        var expiry = templates.time(EXPIRY, language, ZONE);
        return switch (kind) {
            case LOGIN_CODE, EMAIL_CODE -> templates.text(kind, language, CODE, expiry);
            case BOOKING_CODE, WAITLIST_OFFER -> templates.text(kind, language, CODE, DOCTOR, day, expiry);
            case APPOINTMENT_BOOKED -> templates.text(kind, language, DOCTOR, day, templates.mode("ONLINE", language));
            case APPOINTMENT_REMINDER ->
                templates.text(kind, language, DOCTOR, day, templates.mode("IN_PERSON", language));
            case APPOINTMENT_RESCHEDULED -> templates.text(kind, language, DOCTOR, day, later);
            case APPOINTMENT_CANCELLED -> templates.text(kind, language, DOCTOR, day, 2, day + "; " + later);
        };
    }
}
