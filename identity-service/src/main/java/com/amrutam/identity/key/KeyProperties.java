package com.amrutam.identity.key;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How signing keys are kept.
 *
 * @param keyEncryptionKey Base64 of 32 random bytes, from the environment only; private keys are encrypted with it at
 *     rest. All instances need the same one
 * @param keyReload how soon an instance notices keys another instance has changed
 * @param keyNotice how long a key is published before it may sign: verifiers keep what they have read for some minutes
 */
@Validated
@ConfigurationProperties("amrutam.identity")
record KeyProperties(
        @NotBlank String keyEncryptionKey,
        @DefaultValue("1m") Duration keyReload,
        @DefaultValue("15m") Duration keyNotice) {
    /** Shows no key. */
    @Override
    public String toString() {
        return "KeyProperties[keyReload=" + keyReload + ", keyNotice=" + keyNotice + "]";
    }
}
