package com.amrutam.identity.challenge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How login codes are given out.
 *
 * @param lifetime how long a code can be used
 * @param attempts guesses per code
 * @param resendAfter how long a person waits before asking again for a code that did not arrive
 * @param dailyCapPerPhone codes sent to one phone in 24 hours; with {@code attempts} it bounds how often a code can be
 *     guessed, and with the price of a message what a nuisance can cost
 * @param dailyCapPerClient codes one client address can ask for in 24 hours; a clinic or a campus is one address too
 * @param dailyCapPerBlock codes sent in 24 hours to the ten thousand numbers that differ in the last four digits: who is
 *     paid for messages that arrive owns such blocks
 */
@Validated
@ConfigurationProperties("amrutam.identity.codes")
public record CodeProperties(
        @DefaultValue("5m") Duration lifetime,
        @Min(1) @Max(10) @DefaultValue("5") int attempts,
        @DefaultValue("30s") Duration resendAfter,
        @Min(1) @DefaultValue("10") int dailyCapPerPhone,
        @Min(1) @DefaultValue("100") int dailyCapPerClient,
        @Min(1) @DefaultValue("200") int dailyCapPerBlock) {}
