package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amrutam.localstack.junit.RunningSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who writes the texts of messages looks at them, and at a mail as a person sees it. */
@ExtendWith(RunningSystem.class)
class MessagesPageTest {
    @Test
    void every_text_can_be_read_and_a_mail_looks_like_one() throws Exception {
        var browser = Chromium.open();
        assumeTrue(browser.isPresent(), "There is no Chromium, and Debian's could not be installed");
        try (var page = browser.get()) {
            var templates = RunningSystem.services().messages().resolve("/dev/templates");
            page.visit(templates);
            page.awaitThat("document.querySelectorAll('section').length === 16");
            assertThat(screenshot(page, "messages.png")).isGreaterThan(10_000);

            for (var language : new String[] {"en", "hi"}) {
                page.visit(templates.resolve("/dev/templates/APPOINTMENT_BOOKED/" + language));
                page.awaitThat("document.documentElement.lang === '" + language
                        + "' && document.querySelector('h1') !== null");
                assertThat(page.evaluate("document.querySelector('p').innerText")
                                .asText())
                        .contains("Dr. Meera Joshi");
                assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                                .asBoolean())
                        .isTrue();
                assertThat(screenshot(page, "mail." + language + ".png")).isGreaterThan(10_000);
            }
        }
    }

    private static long screenshot(Chromium page, String name) throws Exception {
        var file = Path.of("target", name);
        page.screenshot(file);
        return Files.size(file);
    }
}
