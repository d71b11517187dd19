package com.amrutam.kit.codes;

import com.amrutam.kit.setting.SettingRefused;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/**
 * Encrypts codes on their way through Kafka, so that a leaked topic leaks no code. The keyset may hold several keys:
 * the primary encrypts, all decrypt, which is how keys are rotated.
 */
public final class CodeCipher {
    private final Aead aead;

    /**
     * @param keyset Base64 of a Tink AEAD keyset in JSON
     * @throws IllegalArgumentException when it is none
     */
    public CodeCipher(String keyset) {
        try {
            AeadConfig.register();
            var json = new String(Base64.getDecoder().decode(keyset), StandardCharsets.UTF_8);
            this.aead = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingRefused("amrutam.codes.keyset", "is not the Base64 of a Tink AEAD keyset", e);
        }
    }

    /** The code encrypted for its subject; nobody can pass it off as another subject's. */
    public byte[] encrypt(UUID subject, String code) {
        try {
            return aead.encrypt(code.getBytes(StandardCharsets.UTF_8), associatedData(subject));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A code could not be encrypted", e);
        }
    }

    /**
     * The code in clear.
     *
     * @throws IllegalArgumentException when it was encrypted with another key or for another subject
     */
    public String decrypt(UUID subject, byte[] encrypted) {
        try {
            return new String(aead.decrypt(encrypted, associatedData(subject)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The code cannot be decrypted with the keys at hand", e);
        }
    }

    private static byte[] associatedData(UUID subject) {
        return subject.toString().getBytes(StandardCharsets.UTF_8);
    }
}
