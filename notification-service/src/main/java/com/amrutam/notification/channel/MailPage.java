package com.amrutam.notification.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/** A mail as a page, for programs that show one; whatever a name or text holds is text in it. */
public final class MailPage {
    private static final String FRAME = frame();

    private MailPage() {}

    /** The page of a subject and a text in a language. */
    public static String of(String subject, String text, String language) {
        // The text last, so that nothing in it is taken for a place to fill.
        return FRAME.replace("{language}", escaped(language))
                .replace("{subject}", escaped(subject))
                .replace("{text}", escaped(text).replace("\n", "<br>"));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static String frame() {
        try (var file = MailPage.class.getResourceAsStream("mail.html")) {
            if (file == null) {
                throw new IllegalStateException("mail.html is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
