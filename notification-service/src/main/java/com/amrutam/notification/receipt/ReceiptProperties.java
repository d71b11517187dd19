package com.amrutam.notification.receipt;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose receipts are believed; docs/messages.md has examples.
 *
 * @param receipts by the provider's name, the same as among the providers of its channel
 */
@Validated
@ConfigurationProperties("amrutam.notification")
record ReceiptProperties(@DefaultValue Map<String, @Valid Source> receipts) {

    /**
     * How a provider signs and words its receipts.
     *
     * @param scheme how they are signed
     * @param secret they are signed with, from the environment only
     * @param url the address the provider was given, where its signature covers it
     * @param reference where a receipt names the message: a JSON pointer such as {@code /data/id}, or the name of a form field
     * @param status where it says what became of it, likewise
     * @param arrived what the status has to match for a message to count as delivered
     * @param lost what it has to match to count as failed; any other status says nothing
     */
    record Source(
            @NotNull Scheme scheme,
            @NotBlank String secret,
            @Nullable URI url,
            @NotBlank String reference,
            @NotBlank String status,
            @NotNull Pattern arrived,
            @NotNull Pattern lost) {}

    /** How receipts are signed. */
    enum Scheme {
        /** Standard Webhooks 1.0.0: HMAC-SHA256 of id, time and body. */
        STANDARD_WEBHOOKS,
        /** Twilio's {@code X-Twilio-Signature}: HMAC-SHA1 of the URL and the form's fields. */
        TWILIO
    }
}
