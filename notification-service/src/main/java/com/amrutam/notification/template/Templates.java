package com.amrutam.notification.template;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The texts of messages. Who wants a language there are no texts in is written to in English, dates included. */
@Component
public class Templates {
    /** Stands in a text where the code will be; the text is stored, the code never is. */
    public static final String CODE = "{code}";

    /** The languages there are texts in, the one for all others first. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("hi"));

    private final MessageSource texts;

    Templates(MessageSource texts) {
        this.texts = texts;
    }

    /** Subject and text of a message. The arguments are those its line in {@code messages.properties} names. */
    public Text text(Kind kind, Locale wanted, Object... arguments) {
        var language = written(wanted);
        return new Text(
                texts.getMessage(kind + ".subject", null, language),
                texts.getMessage(kind + ".text", arguments, language),
                language);
    }

    /** How a mode of consultation reads. */
    public String mode(String mode, Locale language) {
        return texts.getMessage("mode." + mode, null, written(language));
    }

    /** What a doctor is called whose profile has not arrived. */
    public String someDoctor(Locale language) {
        return texts.getMessage("doctor.unknown", null, written(language));
    }

    /** What an appointment is called in a calendar. */
    public String inCalendar(String doctor, Locale language) {
        return texts.getMessage("calendar.summary", new Object[] {doctor}, written(language));
    }

    /** Day and time as read in a place: {@code Monday, 23 November 2026, 10:30}. Never six digits in a row. */
    public String day(Instant instant, Locale language, ZoneId zone) {
        return DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", written(language))
                .format(instant.atZone(zone));
    }

    /** Time of day as read in a place: {@code 10:30}. */
    public String time(Instant instant, Locale language, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm", written(language)).format(instant.atZone(zone));
    }

    private static Locale written(Locale wanted) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(wanted.getLanguage()))
                .findAny()
                .orElse(LANGUAGES.getFirst());
    }

    /**
     * What a message says.
     *
     * @param language it says it in
     */
    public record Text(String subject, String body, Locale language) {}
}
