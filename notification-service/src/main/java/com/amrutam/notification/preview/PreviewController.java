package com.amrutam.notification.preview;

import com.amrutam.notification.channel.MailPage;
import com.amrutam.notification.channel.SmsLength;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Shows every text in every language, as SMS with its length and as mail; does not exist outside the local profile. */
@Profile("local")
@Hidden
@RestController
class PreviewController {
    private static final String PAGE_TYPE = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";

    private final ExampleTexts examples;

    PreviewController(ExampleTexts examples) {
        this.examples = examples;
    }

    /** All of them on one page. */
    @GetMapping(path = "/dev/templates", produces = PAGE_TYPE)
    String templates() {
        var page = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Messages</title><style>
                body { font-family: 'Noto Sans', 'Noto Sans Devanagari', Arial, sans-serif; margin: 2em }
                section { display: grid; grid-template-columns: 1fr 2fr; gap: 1em; margin-bottom: 1em }
                h2 { grid-column: 1 / 3; margin: 0 } iframe { width: 100%; height: 260px; border: 1px solid #ccc }
                </style></head><body><h1>What people get to read</h1>
                """);
        for (var kind : Kind.values()) {
            for (var language : Templates.LANGUAGES) {
                var text = examples.of(kind, language);
                var length = SmsLength.of(text.body());
                page.append("""
                        <section id="%s.%s"><h2>%1$s, %2$s</h2>
                        <div><p>%s</p><small>%s, %d units, %d SMS</small></div>
                        <iframe sandbox title="Mail" srcdoc="%s"></iframe></section>
                        """.formatted(
                                kind,
                                language,
                                escaped(text.body()),
                                length.encoding(),
                                length.units(),
                                length.segments(),
                                escaped(mail(text))));
            }
        }
        return page.append("</body></html>").toString();
    }

    /** One of them as the mail alone. */
    @GetMapping(path = "/dev/templates/{kind}/{language}", produces = PAGE_TYPE)
    String template(@PathVariable Kind kind, @PathVariable Locale language) {
        return mail(examples.of(kind, language));
    }

    private static String mail(Templates.Text text) {
        return MailPage.of(text.subject(), text.body(), text.language().getLanguage());
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
