package com.amrutam.notification.channel;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mail is written; how it is sent is said by {@code spring.mail.*}.
 *
 * @param from the sender, an address or {@code Name <address>}
 */
@Validated
@ConfigurationProperties("amrutam.notification.mail")
record MailProperties(
        @NotBlank @DefaultValue("Amrutam <no-reply@amrutam.com>")
        String from) {}
