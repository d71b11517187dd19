package com.amrutam.localstack.server;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The keys that encrypt codes in events: one is primary and encrypts, all decrypt. Rotated in three steps, each rolled out to
 * every service before the next: {@link #withNewKey()}, {@link #promoted()}, {@link #withPrimaryAlone()}.
 */
public final class Keyset {
    private final KeysetHandle keys;

    private Keyset(KeysetHandle keys) {
        this.keys = keys;
    }

    /** A keyset of a single new key. */
    public static Keyset generate() {
        try {
            AeadConfig.register();
            return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No keyset could be generated", e);
        }
    }

    /**
     * The keyset in its written form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Keyset parse(String base64) {
        try {
            AeadConfig.register();
            var json = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
            return new Keyset(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("This is not the Base64 of a Tink AEAD keyset", e);
        }
    }

    /** The same with one more key, which decrypts, for others to encrypt with later. */
    public Keyset withNewKey() {
        return new Keyset(build(KeysetHandle.newBuilder(keys)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId())));
    }

    /** The same with the newest key as the one that encrypts. */
    public Keyset promoted() {
        var builder = KeysetHandle.newBuilder(keys);
        builder.getAt(builder.size() - 1).makePrimary();
        return new Keyset(build(builder));
    }

    /** The same without the keys that encrypt no more: what they encrypted, nobody can read any longer. */
    public Keyset withPrimaryAlone() {
        var builder = KeysetHandle.newBuilder(keys);
        for (int place = builder.size() - 1; place >= 0; place--) {
            if (!builder.getAt(place).isPrimary()) {
                builder.deleteAt(place);
            }
        }
        return new Keyset(build(builder));
    }

    /** Base64 of the keyset's JSON, the value of {@code AMRUTAM_CODES_KEYSET}. */
    public String written() {
        try {
            var json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
            return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset cannot be written", e);
        }
    }

    private static KeysetHandle build(KeysetHandle.Builder builder) {
        try {
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset cannot be changed so", e);
        }
    }
}
