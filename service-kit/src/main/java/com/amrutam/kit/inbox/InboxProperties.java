package com.amrutam.kit.inbox;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are consumed.
 *
 * @param group the consumer group, also part of the dead-letter topics' names; the service's name when not said
 * @param concurrency consumers per listener bean in this instance; more than the 12 partitions help nobody
 * @param retryFor how long an event that cannot be handled is tried again before it goes to its dead-letter topic. A
 *     database or registry that is away is waited for without end
 */
@Validated
@ConfigurationProperties("amrutam.inbox")
public record InboxProperties(
        @NotBlank String group,
        @Min(1) @DefaultValue("1") int concurrency,
        @DefaultValue("30s") Duration retryFor) {}
