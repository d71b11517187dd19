package com.amrutam.kit.codes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys for one-time codes, from the environment only.
 *
 * @param digestKey Base64 of at least 32 random bytes: the HMAC key of codes at rest; needed where codes are checked
 * @param keyset Base64 of a Tink AEAD keyset in JSON: encrypts codes in events; needed where codes are sent or delivered
 */
@ConfigurationProperties("amrutam.codes")
public record CodesProperties(
        @Nullable String digestKey, @Nullable String keyset) {}
