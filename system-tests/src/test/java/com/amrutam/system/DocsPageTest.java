package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amrutam.localstack.junit.RunningSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A developer opens the documentation, logs in and makes a call. */
@ExtendWith(RunningSystem.class)
class DocsPageTest {
    private static final Path SCREENSHOT = Path.of("target", "docs.png");
    private static final String OPERATION = "document.querySelector('#operations-users-getUser ";

    @Test
    void who_logs_in_on_the_page_can_call_the_api_from_it() throws Exception {
        var browser = Chromium.open();
        assumeTrue(browser.isPresent(), "There is no Chromium, and Debian's could not be installed");
        try (var page = browser.get()) {
            var patient = RunningSystem.somebody();
            page.visit(RunningSystem.services().api().resolve("/docs"));
            page.awaitThat("document.querySelectorAll('.opblock').length > 30");

            var begun = Instant.now();
            page.evaluate("document.querySelector('#phone').value = '" + patient.phone() + "'");
            page.evaluate("document.querySelector('#send-code').click()");
            var code = patient.awaitMessage("LOGIN_CODE", begun).code();
            page.awaitThat("!document.querySelector('#log-in').disabled");
            page.evaluate("document.querySelector('#code').value = '" + code + "'");
            page.evaluate("document.querySelector('#log-in').click()");
            page.awaitThat("document.querySelector('#standing').textContent === 'Logged in as PATIENT'");

            page.evaluate(OPERATION + ".opblock-summary-control').click()");
            page.awaitThat(OPERATION + "button.execute') !== null");
            // The button is there before the page has read the operation, and loads for ever when it is clicked too
            // soon.
            page.awaitThat(OPERATION + ".responses-table .example') !== null");
            page.evaluate(OPERATION + "button.execute').click()");
            page.awaitThat(OPERATION + ".live-responses-table .response .response-col_status') !== null");
            page.evaluate(OPERATION + ".live-responses-table').scrollIntoView({block: 'center'})");
            page.screenshot(SCREENSHOT);

            assertThat(page.evaluate(OPERATION + ".live-responses-table .response .response-col_status').textContent")
                            .asText())
                    .startsWith("200");
            assertThat(page.evaluate(OPERATION + ".live-responses-table').textContent")
                            .asText())
                    .contains(patient.phone());
            assertThat(Files.size(SCREENSHOT)).isGreaterThan(10_000);
        }
    }
}
