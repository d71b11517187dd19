package com.amrutam.notification.channel;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who delivers SMS and WhatsApp messages, by any provider that takes an HTTP request; docs/messages.md has MSG91, Gupshup and
 * Twilio.
 */
@Validated
@ConfigurationProperties("amrutam.notification")
record HttpChannelProperties(
        @Valid @DefaultValue Providers sms,
        @Valid @DefaultValue Providers whatsapp) {

    /**
     * The providers of one channel.
     *
     * @param providers in the order of preference: the next is asked where the one before refuses, fails or is known to fail
     * @param timeout how long a provider may take to answer
     * @param entityId the sender's id with an operator (in India the DLT principal entity id); put where a request says
     *     <code>{entityId}</code>
     * @param templateIds by kind of message and language, such as {@code LOGIN_CODE.en}, the id under which an operator knows the
     *     text (in India the DLT content template id); put where a request says <code>{templateId}</code>
     */
    record Providers(
            @Valid @DefaultValue List<Provider> providers,
            @NotNull @DefaultValue("5s") Duration timeout,
            @DefaultValue("") String entityId,
            @DefaultValue Map<String, String> templateIds) {}

    /**
     * How a provider is asked. In URL, headers and body <code>{to}</code> is the number in E.164, <code>{digits}</code> the same
     * without its plus, <code>{text}</code> the message, <code>{id}</code> its id, the same at every attempt,
     * <code>{templateId}</code> that of the text, <code>{entityId}</code> that of the sender and <code>{encoding}</code> what the
     * provider calls the text's encoding; each escaped as its place needs.
     *
     * @param name in metrics and logs, and in the path its receipts come by
     * @param url where to POST
     * @param headers such as the provider's key, which comes from the environment only
     * @param contentType JSON or form
     * @param body of the request
     * @param encodings what the provider calls GSM_7 and UCS_2, of which a text takes the second as soon as one of its
     *     characters needs it; both, where a request says <code>{encoding}</code>
     * @param accepted what the body of a 2xx answer has to contain to mean yes: some providers answer 200 with an error;
     *     without it any 2xx does
     * @param reference finds the provider's own id of the message in the body of its answer, as the pattern's first group;
     *     without it receipts name the message by <code>{id}</code>
     */
    record Provider(
            @NotBlank String name,
            @NotNull URI url,
            @DefaultValue Map<String, String> headers,
            @NotBlank @DefaultValue("application/json") String contentType,
            @NotBlank String body,
            @DefaultValue Map<SmsLength.Encoding, String> encodings,
            @Nullable Pattern accepted,
            @Nullable Pattern reference) {

        boolean mentions(String place) {
            return body.contains(place) || url.toString().contains(place);
        }
    }
}
