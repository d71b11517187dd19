package com.amrutam.notification.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are sent.
 *
 * @param senders how many messages this instance sends at a time; each holds a connection of the write pool meanwhile
 */
@Validated
@ConfigurationProperties("amrutam.notification")
record SenderProperties(@Min(1) @Max(64) @DefaultValue("4") int senders) {}
